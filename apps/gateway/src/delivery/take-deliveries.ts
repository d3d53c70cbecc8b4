import type { Pool } from 'pg';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';

/** A delivery in the hands of whoever took it. */
export interface Lease {
  deliveryId: string;
  lease: string;
}

/** In hand of one destination at a time, whoever has it: one that hangs keeps nothing from the others. */
const mostOfOne = 2;
/** With the pauses between tries, a week: longer than any weekend a PACS is away. */
export const mostTries = 680;

interface DueRow {
  id: string;
  end: 'CANCELLED' | 'FAILED' | null;
}

/**
 * Hands out what is due at the sites that the viewer serves, by turns of the destinations, the urgent first. Each goes to one of
 * those who ask; one who dies over it loses nothing, the lease ends. What is sent of an image to one destination goes one after
 * the other, so that no answer of the AI overtakes what a person signed. What belongs to a study that was withdrawn
 * meanwhile is cancelled, and what kills whoever takes it is given up at last.
 */
export function takeDeliveries(
  { pool }: { pool: Pool },
  viewer: Viewer,
  { limit, leaseSeconds }: { limit: number; leaseSeconds: number },
): Promise<Lease[]> {
  if (viewer.servedSiteIds.length === 0) return Promise.resolve([]);
  return asTenant(pool, viewer, async (client) => {
    const due = await client.query<DueRow>(
      `SELECT due.id, CASE WHEN s.withdrawn_at IS NOT NULL THEN 'CANCELLED' WHEN due.tries >= $4 THEN 'FAILED' END AS end
       FROM destination d
       CROSS JOIN LATERAL (
         SELECT v.id, v.study_id, v.priority, v.due_at, v.tries FROM delivery v
         WHERE v.destination_id = d.id AND v.state = 'PENDING' AND v.due_at <= now() AND NOT EXISTS (
           SELECT FROM delivery e WHERE e.organization_id = v.organization_id AND e.site_id = v.site_id
             AND e.study_id = v.study_id AND e.image_id = v.image_id AND e.destination_id = v.destination_id
             AND e.state = 'PENDING' AND (e.created_at, e.id) < (v.created_at, v.id))
         ORDER BY v.priority, v.due_at
         LIMIT GREATEST(0, ${mostOfOne} - (SELECT count(*) FROM delivery h WHERE h.destination_id = d.id
           AND h.state = 'PENDING' AND h.lease IS NOT NULL AND h.due_at > now()))
         FOR UPDATE SKIP LOCKED
       ) due
       LEFT JOIN study s ON s.id = due.study_id
       WHERE d.organization_id = $1 AND d.site_id = ANY ($2) AND d.enabled
       ORDER BY row_number() OVER (PARTITION BY d.id ORDER BY due.priority, due.due_at), due.priority, due.due_at
       LIMIT $3`,
      [viewer.organizationId, viewer.servedSiteIds, limit, mostTries],
    );
    const idsWith = (end: DueRow['end']) => due.rows.filter((row) => row.end === end).map(({ id }) => id);
    for (const end of ['CANCELLED', 'FAILED'] as const) {
      const ended = idsWith(end);
      if (ended.length === 0) continue;
      await client.query(
        `UPDATE delivery SET state = $2::text::delivery_state, settled_at = now(),
           reason = CASE WHEN $2::text = 'FAILED' THEN COALESCE(reason, 'INTERNAL') ELSE reason END WHERE id = ANY ($1)`,
        [ended, end],
      );
    }
    const taken = await client.query<Lease>(
      `UPDATE delivery SET lease = gen_random_uuid(), tries = tries + 1, due_at = now() + make_interval(secs => $2)
       WHERE id = ANY ($1) RETURNING id AS "deliveryId", lease`,
      [idsWith(null), leaseSeconds],
    );
    const place = new Map(due.rows.map(({ id }, index) => [id, index]));
    return taken.rows.sort((a, b) => (place.get(a.deliveryId) ?? 0) - (place.get(b.deliveryId) ?? 0));
  });
}
