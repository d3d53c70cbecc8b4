import type { Metadata } from 'next';
import { StudyPage } from '../../../../study/study-page';

// The patient reference stays out of the title: titles end up in browser histories.
export const metadata: Metadata = { title: 'Study' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <StudyPage id={decodeURIComponent(id)} />;
}
