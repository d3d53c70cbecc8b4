import type { StudyLineFragment } from '../gql/graphql';

type Reading = NonNullable<StudyLineFragment['images'][number]['reading']>;
export type CoveredClaim = Reading['claims'][number];

const words = {
  NORMAL: 'Normal',
  PNEUMONIA: 'Pneumonia',
  CANNOT_TELL: 'Cannot tell',
} satisfies Record<CoveredClaim['says'], string>;

export function claimInWords({ says }: Pick<CoveredClaim, 'says'>): string {
  return words[says];
}

/** 0.95 is "95 %". */
export function coverageInWords({ coverage }: Pick<CoveredClaim, 'coverage'>): string {
  return `${Math.round(coverage * 100)} %`;
}

/** "Cannot tell at 95 %" when the most cautious claim leaves both answers open, else null. */
export function openVerdict([claim]: readonly CoveredClaim[]): string | null {
  if (claim?.says !== 'CANNOT_TELL') return null;
  return `${claimInWords(claim)} at ${coverageInWords(claim)}`;
}
