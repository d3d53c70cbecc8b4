import type { Pool } from 'pg';
import { writeEntries } from '../audit/entries.js';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';
import { authorOf } from '../study/actor.js';
import { NotFoundError, StateError } from '../submission/errors.js';

/**
 * Sends a delivery that failed or waits, now; the administrators of the site may.
 * @throws NotFoundError or StateError
 */
export async function retryDelivery(
  { pool }: { pool: Pool },
  viewer: Viewer,
  deliveryId: string,
): Promise<void> {
  await asTenant(pool, viewer, async (client) => {
    const found = await client.query<{ siteId: string; studyId: string | null; retried: boolean }>(
      `SELECT site_id AS "siteId", study_id AS "studyId", state IN ('PENDING', 'FAILED') AND content <> 'ECHO' AS retried
       FROM delivery WHERE id = $1`,
      [deliveryId],
    );
    const [delivery] = found.rows;
    if (!delivery || !viewer.administeredSiteIds.includes(delivery.siteId))
      throw new NotFoundError('There is no such delivery at a site that you administrate.');
    if (!delivery.retried) throw new StateError('This is not waiting to be sent.');
    await client.query(
      `UPDATE delivery SET state = 'PENDING', tries = 0, due_at = now(), lease = NULL, settled_at = NULL
       WHERE id = $1 AND state IN ('PENDING', 'FAILED')`,
      [deliveryId],
    );
    const { siteId, studyId } = delivery;
    await writeEntries(client, authorOf(viewer), [
      { action: 'DELIVERY_RETRIED', object: { type: 'Delivery', id: deliveryId }, siteId, studyId },
    ]);
  });
}
