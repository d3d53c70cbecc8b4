import type { DeliveryFailure } from '@lucency/contracts';
import type { Pool } from 'pg';
import { writeEntries } from '../audit/entries.js';
import { asTenant } from '../database/tenant.js';
import type { DeliveryContent, DeliveryState } from '../generated/prisma/enums.js';
import type { Viewer } from '../identity/viewer.js';
import { authorOf } from '../study/actor.js';
import { NotFoundError } from '../submission/errors.js';
import { type Lease, mostTries } from './take-deliveries.js';

/** How sending ended: delivered, to be tried again, or in a way that no repetition changes. */
export type DeliveryEnd =
  | { outcome: 'DELIVERED' }
  | { outcome: 'AGAIN' | 'HOPELESS'; reason: DeliveryFailure };

const firstPauseSeconds = 5;
const longestPauseSeconds = 15 * 60;

/**
 * Writes down how a delivery ended, or when it is tried again. An echo is asked for by a person who waits, and is tried once.
 * @throws NotFoundError where the lease is over
 */
export async function settleDelivery(
  { pool }: { pool: Pool },
  viewer: Viewer,
  { deliveryId, lease }: Lease,
  end: DeliveryEnd,
): Promise<void> {
  const reason = 'reason' in end ? end.reason : null;
  await asTenant(pool, viewer, async (client) => {
    const settled = await client.query<SettledRow>(
      `UPDATE delivery SET lease = NULL, reason = $4,
         state = CASE WHEN $3 = 'DELIVERED' THEN 'DELIVERED' WHEN goes_on THEN 'PENDING' ELSE 'FAILED' END::delivery_state,
         settled_at = CASE WHEN NOT goes_on THEN now() END,
         due_at = now() + make_interval(secs => LEAST($6 * power(2, LEAST(tries - 1, 20)), $7)
           * (0.75 + 0.5 * random()))
       FROM (SELECT id AS ended_id, $3 = 'AGAIN' AND content <> 'ECHO' AND tries < $5 AS goes_on
         FROM delivery WHERE id = $1) AS ended
       WHERE id = ended_id AND lease = $2 AND delivery.state = 'PENDING'
       RETURNING delivery.state, content, site_id AS "siteId", study_id AS "studyId", destination_id AS "destinationId"`,
      [deliveryId, lease, end.outcome, reason, mostTries, firstPauseSeconds, longestPauseSeconds],
    );
    const [delivery] = settled.rows;
    if (!delivery)
      throw new NotFoundError(
        'This delivery is not in your hands: the lease is over, or it was settled before.',
      );
    if (delivery.state === 'PENDING') return;
    const { siteId, studyId, content, destinationId: destination } = delivery;
    await writeEntries(client, authorOf(viewer), [
      {
        action: delivery.state === 'DELIVERED' ? 'DELIVERED' : 'DELIVERY_FAILED',
        object: { type: 'Delivery', id: deliveryId },
        siteId,
        studyId,
        details: { content, destination, ...(reason && { reason }) },
      },
    ]);
  });
}

interface SettledRow {
  state: DeliveryState;
  content: DeliveryContent;
  siteId: string;
  studyId: string | null;
  destinationId: string;
}
