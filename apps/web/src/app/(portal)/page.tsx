import type { Metadata } from 'next';
import { Worklist } from '../../worklist/worklist';

export const metadata: Metadata = { title: 'Worklist' };

export default function WorklistPage() {
  return <Worklist />;
}
