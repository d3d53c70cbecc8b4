import type { StudyLineFragment } from '../gql/graphql';

export type Tone = 'good' | 'alarm' | 'caution' | 'quiet';

export interface Verdict {
  kind:
    | 'received'
    | 'queued'
    | 'suspected'
    | 'clear'
    | 'refused'
    | 'failed'
    | 'withdrawn'
    | 'unreliable'
    | 'unread';
  words: string;
  tone: Tone;
}

type Judged = Pick<StudyLineFragment, 'readingState' | 'withdrawal' | 'patientAgeMonths'> & {
  images: readonly { reading: { decision: 'NORMAL' | 'PNEUMONIA' } | null }[];
  intendedUse: Pick<StudyLineFragment['intendedUse'], 'withinRange'>;
};

/** The one thing to say about a study: withdrawal over everything, then how its reading stands. */
export function verdictOf(study: Judged): Verdict {
  if (study.withdrawal) return { kind: 'withdrawn', words: 'Withdrawn', tone: 'quiet' };
  switch (study.readingState) {
    case 'RECEIVED':
      return { kind: 'received', words: 'Received', tone: 'quiet' };
    case 'QUEUED':
      return { kind: 'queued', words: 'Being read', tone: 'quiet' };
    case 'NOT_READ':
      return { kind: 'unread', words: 'Not read', tone: 'quiet' };
    case 'REFUSED':
      return { kind: 'refused', words: 'Refused', tone: 'caution' };
    case 'FAILED':
      return { kind: 'failed', words: 'Failed', tone: 'alarm' };
    case 'CLASSIFIED':
      return classified(study);
  }
}

function classified(study: Judged): Verdict {
  const suspected = study.images.some((image) => image.reading?.decision === 'PNEUMONIA');
  const words = suspected ? 'Pneumonia suspected' : 'Not suspected';
  const outside = outsideInWords(study);
  // Never in the colours of an answer that may be relied on.
  if (outside) return { kind: 'unreliable', words: `${words}, ${outside}`, tone: 'caution' };
  return suspected ? { kind: 'suspected', words, tone: 'alarm' } : { kind: 'clear', words, tone: 'good' };
}

/** Why the answer is not to be relied on for this patient; null where the model was trained on such patients. */
function outsideInWords({ intendedUse, patientAgeMonths }: Judged): string | null {
  if (intendedUse.withinRange) return null;
  return patientAgeMonths === null ? 'age unknown' : 'outside trained age';
}

/** Whether nothing more will happen to the study by itself. */
export function isSettled(study: Judged & Pick<StudyLineFragment, 'explanationState'>): boolean {
  if (study.withdrawal) return true;
  const read = study.readingState !== 'RECEIVED' && study.readingState !== 'QUEUED';
  return read && study.explanationState !== 'PENDING';
}
