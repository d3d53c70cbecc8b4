import { claimOf } from '@lucency/contracts/findings';
import type { StudyLineFragment } from '../gql/graphql';

type Reading = NonNullable<StudyLineFragment['images'][number]['reading']>;

/** What qualifies a verdict in a list; null where nothing does. */
export function claimInShort(reading: Pick<Reading, 'claims' | 'decision'>): string | null {
  const claim = claimOf(reading);
  if (claim?.kind === 'uncertain') return 'uncertain';
  return claim && !claim.isFirm ? 'less certain' : null;
}

/** How often a claim of this coverage may be wrong. */
export function wrongPerHundred({ coverage }: { coverage: number }): number {
  return Math.round((1 - coverage) * 100);
}
