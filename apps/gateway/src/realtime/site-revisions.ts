import { createHash } from 'node:crypto';

/** Revisions of sites by their ids. */
export type SiteRevisions = ReadonlyMap<string, number>;

/** What clients know these revisions by: equal for equal ones, and nothing to be read from it. */
export function revisionOf(sites: SiteRevisions): string {
  const sorted = [...sites].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 22);
}

/** Of each site the later one: announcements may come out of order. */
export function laterOf(known: SiteRevisions | undefined, announced: SiteRevisions): SiteRevisions {
  const later = new Map(known);
  for (const [id, revision] of announced) later.set(id, Math.max(revision, later.get(id) ?? 0));
  return later;
}
