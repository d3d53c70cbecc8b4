import type { PneumoniaType, ReadingClaim, ReadingResult } from './results.js';

/** The one sentence about the claims of a reading. */
export type Claim =
  | {
      readonly kind: 'single';
      readonly says: ReadingResult['decision'];
      readonly coverage: number;
      /** Whether the most cautious standard, too, leaves this answer alone. */
      readonly isFirm: boolean;
    }
  | { readonly kind: 'uncertain'; readonly coverage: number };

/**
 * Of all standards that were asked, the most cautious one that leaves a single answer: what a laxer one adds or takes
 * away says nothing more. Uncertain where none does, or where it would contradict the decision. Null without claims.
 */
export function claimOf({
  claims,
  decision,
}: {
  readonly claims: readonly Pick<ReadingClaim, 'coverage' | 'says'>[];
  readonly decision: ReadingResult['decision'];
}): Claim | null {
  const cautiousFirst = [...claims].sort((one, other) => other.coverage - one.coverage);
  const [first] = cautiousFirst;
  const last = cautiousFirst.at(-1);
  if (!first || !last) return null;
  const single = cautiousFirst.find(({ says }) => says !== 'CANNOT_TELL');
  if (single?.says !== decision) return { kind: 'uncertain', coverage: last.coverage };
  return { kind: 'single', says: decision, coverage: single.coverage, isFirm: single === first };
}

/**
 * How likely each type is if this is pneumonia: shares of both without the fraction of normal, so that the two sum
 * to 1 and contradict no probability of pneumonia.
 */
export function sharesOfTypes({
  bacterial,
  viral,
}: Pick<PneumoniaType, 'bacterial' | 'viral'>): Pick<PneumoniaType, 'bacterial' | 'viral'> {
  const both = bacterial + viral;
  return both === 0 ? { bacterial: 0.5, viral: 0.5 } : { bacterial: bacterial / both, viral: viral / both };
}
