import type { Metadata } from 'next';
import { SubmitPage } from '../../../submit/submit-page';

export const metadata: Metadata = { title: 'Submit X-rays' };

export default function Page() {
  return <SubmitPage />;
}
