import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { Author } from './author.js';

/** Everything that the audit trail tells of, with what people read. */
export const auditActions = {
  STUDY_SUBMITTED: 'A study was submitted.',
  IMAGES_ADDED: 'Images that came late joined a study.',
  STUDY_RETRIED: 'The failed work of a study was started anew.',
  STUDY_WITHDRAWN: 'A study was taken back.',
  STUDY_READ: 'The model read an image of a study.',
  STUDY_REFUSED: 'An image of a study was refused.',
  STUDY_FAILED: 'Reading or explaining an image of a study failed.',
  HEATMAP_SHOWN: 'A heatmap was checked and is shown.',
  HEATMAP_WITHHELD: 'A heatmap is withheld.',
  STUDY_CLAIMED: 'A radiologist began or went on to read a study.',
  STUDY_RELEASED: 'A radiologist let go of a study.',
  REVIEW_SIGNED: 'A review or an addendum was signed.',
  IMAGE_VIEWED: 'The copy of an image for viewers was fetched.',
  ORIGINAL_FETCHED: 'An image was fetched as it was submitted.',
  HEATMAP_VIEWED: 'A heatmap was fetched.',
  DESTINATION_CREATED: 'A destination for results was added.',
  DESTINATION_CHANGED: 'A destination was changed or switched on or off.',
  DESTINATION_TESTED: 'A destination was greeted for a test.',
  DELIVERY_RETRIED: 'A delivery was sent for anew.',
  DELIVERED: 'A delivery reached its destination.',
  DELIVERY_FAILED: 'A delivery was given up.',
  AUDIT_EXPORTED: 'The audit trail was exported.',
} as const;
export type AuditAction = keyof typeof auditActions;
export const auditAction = z.enum(Object.keys(auditActions) as [AuditAction, ...AuditAction[]]);

export const auditedType = z.enum([
  'Study',
  'Image',
  'Heatmap',
  'Review',
  'Destination',
  'Delivery',
  'Organization',
]);
export type AuditedType = z.infer<typeof auditedType>;

export interface AuditEntry {
  action: AuditAction;
  object: { type: AuditedType; id: string };
  /** Null of what concerns the whole organization. */
  siteId: string | null;
  /** The study that it concerns, however it does. */
  studyId: string | null;
  /** A few words more; nothing of a patient, no free text and no answer of the model. */
  details?: Record<string, string>;
}

/**
 * Writes entries of the audit trail, in the transaction of what they tell of: neither is there without the other. A view that
 * was written down in this quarter of an hour already is left out.
 */
export async function writeEntries(
  client: PoolClient,
  { organizationId, actor }: Author,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ action, object, siteId, studyId, details = {} }) => ({
    site_id: siteId,
    action,
    object_type: object.type,
    object_id: object.id,
    study_id: studyId,
    details,
  }));
  await client.query(
    `INSERT INTO audit (organization_id, site_id, person_id, part, action, object_type, object_id, study_id, details)
     SELECT $1, e.site_id, $2, $3, e.action, e.object_type, e.object_id, e.study_id, e.details
     FROM jsonb_to_recordset($4::jsonb) AS e (site_id uuid, action text, object_type text, object_id uuid, study_id uuid,
       details jsonb)
     ON CONFLICT DO NOTHING`,
    [
      organizationId,
      'personId' in actor ? actor.personId : null,
      'coordinator' in actor ? actor.coordinator : null,
      JSON.stringify(rows),
    ],
  );
}

/** An entry whose object is a study itself. */
export function aboutStudy(
  action: AuditAction,
  { id, siteId }: { id: string; siteId: string },
  details: Record<string, string> = {},
): AuditEntry {
  return { action, object: { type: 'Study', id }, siteId, studyId: id, details };
}
