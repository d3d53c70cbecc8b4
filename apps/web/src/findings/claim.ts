import type { StudyLineFragment } from '../gql/graphql';

type Reading = NonNullable<StudyLineFragment['images'][number]['reading']>;
type Claimed = Pick<Reading, 'claims' | 'decision'>;

/** The one thing to say of what a reading claims; `wrongPerHundred` is how often that may be wrong. */
export type Claim =
  | {
      kind: 'single';
      answer: 'Normal' | 'Pneumonia';
      wrongPerHundred: number;
      /** Whether the most cautious standard, too, leaves this answer alone. */
      isFirm: boolean;
    }
  | { kind: 'uncertain'; wrongPerHundred: number };

/**
 * Of all standards that were asked, the most cautious one that leaves a single answer: what a laxer one adds or takes
 * away says nothing more. Uncertain where none does, or where it would contradict the decision. Null without claims.
 */
export function claimOf({ claims, decision }: Claimed): Claim | null {
  const cautiousFirst = [...claims].sort((one, other) => other.coverage - one.coverage);
  const [first] = cautiousFirst;
  const last = cautiousFirst.at(-1);
  if (!first || !last) return null;
  const single = cautiousFirst.find(({ says }) => says !== 'CANNOT_TELL');
  if (!single || single.says !== decision) {
    return { kind: 'uncertain', wrongPerHundred: wrongPerHundred(last) };
  }
  return {
    kind: 'single',
    answer: single.says === 'NORMAL' ? 'Normal' : 'Pneumonia',
    wrongPerHundred: wrongPerHundred(single),
    isFirm: single === first,
  };
}

/** What qualifies a verdict in a list; null where nothing does. */
export function claimInShort(reading: Claimed): string | null {
  const claim = claimOf(reading);
  if (claim?.kind === 'uncertain') return 'uncertain';
  return claim && !claim.isFirm ? 'less certain' : null;
}

function wrongPerHundred({ coverage }: Reading['claims'][number]): number {
  return Math.round((1 - coverage) * 100);
}
