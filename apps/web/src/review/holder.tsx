import { useNow } from '../findings/now';
import type { StudyLineFragment } from '../gql/graphql';

type Claim = NonNullable<StudyLineFragment['claim']>;

/** A claim that has lapsed since it was told of is none. */
export function standingClaim(claim: Claim | null, now: number): Claim | null {
  return claim && Date.parse(claim.until) > now ? claim : null;
}

/** Who reads the study now, in words; nothing where nobody does. */
export function Holder({ claim, className }: { claim: Claim | null; className: string | undefined }) {
  const standing = standingClaim(claim, useNow());
  if (!standing) return null;
  const name = standing.by?.name ?? 'Another person';
  return (
    <span className={className}>
      {standing.viewerHolds ? 'You are reading this' : `${name} is reading this`}
    </span>
  );
}
