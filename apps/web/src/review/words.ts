import type { Decision, ReviewFinding, ReviewOpinion, ReviewState } from '../gql/graphql';

export const opinions: readonly { opinion: ReviewOpinion; words: string; key: string }[] = [
  { opinion: 'AGREE', words: 'Agree', key: 'A' },
  { opinion: 'DISAGREE', words: 'Disagree', key: 'D' },
  { opinion: 'UNCERTAIN', words: 'Uncertain', key: 'U' },
];

/** In the order in which they are offered. */
export const findings: Readonly<Record<ReviewFinding, string>> = {
  NORMAL: 'No abnormality',
  PNEUMONIA: 'Pneumonia',
  CONSOLIDATION: 'Consolidation',
  PLEURAL_EFFUSION: 'Pleural effusion',
  ATELECTASIS: 'Atelectasis',
  PNEUMOTHORAX: 'Pneumothorax',
  CARDIOMEGALY: 'Cardiomegaly',
  OTHER: 'Another finding',
  NOT_ASSESSABLE: 'Cannot be assessed',
};

/** What the row of a study says of its review. */
export const reviewInWords: Readonly<Record<ReviewState, string | null>> = {
  NONE: null,
  CLAIMED: null,
  SIGNED: 'Signed',
  ADDENDED: 'Signed, with an addendum',
};

const found: Readonly<Record<Decision, ReviewFinding>> = { PNEUMONIA: 'PNEUMONIA', NORMAL: 'NORMAL' };
const otherwise: Readonly<Record<Decision, ReviewFinding>> = { PNEUMONIA: 'NORMAL', NORMAL: 'PNEUMONIA' };

/**
 * The finding that an opinion of the model's answer suggests, to be changed by the reviewer. Null where it suggests none:
 * whoever is uncertain, or looks at what was not read, says it.
 */
export function suggestedFinding(opinion: ReviewOpinion, decision: Decision | null): ReviewFinding | null {
  if (decision === null || opinion === 'UNCERTAIN') return null;
  return opinion === 'AGREE' ? found[decision] : otherwise[decision];
}

/** What a review says of the model's answer; nothing where there was none. */
export function opinionInWords(opinion: ReviewOpinion, decision: Decision | null): string | null {
  if (decision === null) return null;
  const answer = decision === 'PNEUMONIA' ? 'pneumonia suspected' : 'not suspected';
  switch (opinion) {
    case 'AGREE':
      return `Agrees with the AI (${answer})`;
    case 'DISAGREE':
      return `Disagrees with the AI (${answer})`;
    case 'UNCERTAIN':
      return `Uncertain about the answer of the AI (${answer})`;
  }
}
