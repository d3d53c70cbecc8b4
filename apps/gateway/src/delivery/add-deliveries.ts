import type { PoolClient } from 'pg';
import type { DeliveryContent, Priority } from '../generated/prisma/enums.js';

/** Something of an image that destinations are to be sent. */
export interface Sendable {
  siteId: string;
  studyId: string;
  imageId: string;
  /** The task or the review that it comes of: what is added twice is sent once. */
  sourceId: string;
  priority: Priority;
}

/**
 * Adds a row to the outbox for each destination of the site, even one that is switched off for a while, in the transaction that
 * records what is to be sent. A PACS is sent what refers to an instance that it knows: of an image that came as JPEG or PNG it
 * is sent nothing. A record is sent words and numbers, no heatmaps.
 */
export async function addDeliveries(
  client: PoolClient,
  organizationId: string,
  content: Exclude<DeliveryContent, 'ECHO'>,
  sendables: readonly Sendable[],
): Promise<void> {
  if (sendables.length === 0) return;
  await client.query(
    `INSERT INTO delivery (organization_id, site_id, destination_id, study_id, image_id, content, source_id, priority)
     SELECT d.organization_id, d.site_id, d.id, s.study_id, s.image_id, $2::delivery_content, s.source_id,
       s.priority::priority
     FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[])
       AS s (site_id, study_id, image_id, source_id, priority)
     JOIN destination d ON d.organization_id = $1 AND d.site_id = s.site_id
     WHERE CASE WHEN d.kind = 'FHIR' THEN $2 <> 'HEATMAP'
       ELSE (SELECT i.sop_instance_uid FROM image i WHERE i.id = s.image_id) IS NOT NULL END
     ON CONFLICT DO NOTHING`,
    [
      organizationId,
      content,
      sendables.map(({ siteId }) => siteId),
      sendables.map(({ studyId }) => studyId),
      sendables.map(({ imageId }) => imageId),
      sendables.map(({ sourceId }) => sourceId),
      sendables.map(({ priority }) => priority),
    ],
  );
}
