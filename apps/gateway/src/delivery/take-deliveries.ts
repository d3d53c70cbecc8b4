import type { Pool } from 'pg';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';

/** A delivery in the hands of whoever took it. */
export interface Lease {
  deliveryId: string;
  lease: string;
}

/** Of one destination at a time: one that hangs keeps nothing from the others. */
const mostOfOne = 4;

/**
 * Hands out what is due at the sites that the viewer serves, the urgent first. Each goes to one of those who ask; one who
 * dies over it loses nothing, the lease ends. What belongs to a study that was withdrawn meanwhile is cancelled.
 */
export function takeDeliveries(
  { pool }: { pool: Pool },
  viewer: Viewer,
  { limit, leaseSeconds }: { limit: number; leaseSeconds: number },
): Promise<Lease[]> {
  if (viewer.servedSiteIds.length === 0) return Promise.resolve([]);
  return asTenant(pool, viewer, async (client) => {
    const due = await client.query<{ id: string; withdrawn: boolean }>(
      `SELECT due.id, s.withdrawn_at IS NOT NULL AS withdrawn
       FROM destination d
       CROSS JOIN LATERAL (
         SELECT v.id, v.study_id, v.priority, v.due_at FROM delivery v
         WHERE v.destination_id = d.id AND v.state = 'PENDING' AND v.due_at <= now()
         ORDER BY v.priority, v.due_at LIMIT ${mostOfOne} FOR UPDATE SKIP LOCKED
       ) due
       LEFT JOIN study s ON s.id = due.study_id
       WHERE d.organization_id = $1 AND d.site_id = ANY ($2) AND d.enabled
       ORDER BY due.priority, due.due_at LIMIT $3`,
      [viewer.organizationId, viewer.servedSiteIds, limit],
    );
    const idsOf = (withdrawn: boolean) =>
      due.rows.filter((row) => row.withdrawn === withdrawn).map(({ id }) => id);
    await client.query(`UPDATE delivery SET state = 'CANCELLED', settled_at = now() WHERE id = ANY ($1)`, [
      idsOf(true),
    ]);
    const taken = await client.query<Lease>(
      `UPDATE delivery SET lease = gen_random_uuid(), tries = tries + 1, due_at = now() + make_interval(secs => $2)
       WHERE id = ANY ($1) RETURNING id AS "deliveryId", lease`,
      [idsOf(false), leaseSeconds],
    );
    const place = new Map(due.rows.map(({ id }, index) => [id, index]));
    return taken.rows.sort((a, b) => (place.get(a.deliveryId) ?? 0) - (place.get(b.deliveryId) ?? 0));
  });
}
