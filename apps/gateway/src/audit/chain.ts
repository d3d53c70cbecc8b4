import { createHash } from 'node:crypto';

/** An entry as its seal sees it: everything that the trail says of it. */
export interface ChainedEntry {
  id: string;
  organizationId: string;
  siteId: string | null;
  at: Date;
  personId: string | null;
  part: string | null;
  action: string;
  objectType: string;
  objectId: string;
  studyId: string | null;
  details: Record<string, string>;
}

/** What the first entry of an organization follows. */
export const noHash = '';

/**
 * The hash of an entry and of all that came before it: SHA-256, in hexadecimal, of the JSON array of the previous hash, the
 * number and the fields below, in this order. Whoever has an export can compute it again.
 */
export function hashOf(previousHash: string, number: number, entry: ChainedEntry): string {
  const { id, organizationId, siteId, at, personId, part, action, objectType, objectId, studyId } = entry;
  const details = Object.entries(entry.details).sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = [
    id,
    organizationId,
    siteId,
    at.toISOString(),
    personId,
    part,
    action,
    objectType,
    objectId,
    studyId,
  ];
  return createHash('sha256')
    .update(JSON.stringify([previousHash, number, ...fields, details]))
    .digest('hex');
}

/** The columns of an entry, named as above. */
export const chainedColumns = `a.id, a.organization_id AS "organizationId", a.site_id AS "siteId", a.at,
  a.person_id AS "personId", a.part, a.action, a.object_type AS "objectType", a.object_id AS "objectId",
  a.study_id AS "studyId", a.details`;
