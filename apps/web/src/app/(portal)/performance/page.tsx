import type { Metadata } from 'next';
import { PerformancePage } from '../../../performance/performance-page';

export const metadata: Metadata = { title: 'Model performance' };

export default function Page() {
  return <PerformancePage />;
}
