import type { StudyLineFragment } from '../gql/graphql';

export type Tone = 'good' | 'alarm' | 'caution' | 'quiet';

export interface Verdict {
  kind: 'received' | 'queued' | 'suspected' | 'clear' | 'refused' | 'failed' | 'withdrawn';
  words: string;
  tone: Tone;
}

type Judged = Pick<StudyLineFragment, 'readingState' | 'withdrawal'> & {
  images: readonly { reading: { decision: 'NORMAL' | 'PNEUMONIA' } | null }[];
};

/** The one thing to say about a study: withdrawal over everything, then how its reading stands. */
export function verdictOf(study: Judged): Verdict {
  if (study.withdrawal) return { kind: 'withdrawn', words: 'Withdrawn', tone: 'quiet' };
  switch (study.readingState) {
    case 'RECEIVED':
      return { kind: 'received', words: 'Received', tone: 'quiet' };
    case 'QUEUED':
      return { kind: 'queued', words: 'Being read', tone: 'quiet' };
    case 'REFUSED':
      return { kind: 'refused', words: 'Refused', tone: 'caution' };
    case 'FAILED':
      return { kind: 'failed', words: 'Failed', tone: 'alarm' };
    case 'CLASSIFIED':
      return study.images.some((image) => image.reading?.decision === 'PNEUMONIA')
        ? { kind: 'suspected', words: 'Pneumonia suspected', tone: 'alarm' }
        : { kind: 'clear', words: 'Not suspected', tone: 'good' };
  }
}

/** Whether nothing more will happen to the study by itself. */
export function isSettled(study: Judged & Pick<StudyLineFragment, 'explanationState'>): boolean {
  if (study.withdrawal) return true;
  const read = study.readingState !== 'RECEIVED' && study.readingState !== 'QUEUED';
  return read && study.explanationState !== 'PENDING';
}
