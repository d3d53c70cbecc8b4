import type { ChangeAnnouncement } from '@lucency/messaging';
import type { Pool } from 'pg';
import { inTransaction } from '../database/tenant.js';
import { raiseRevision } from '../study/revision.js';
import type { DueTask } from './due-tasks.js';

/** Shows studies as QUEUED whose first job NATS holds now; @returns one change an organization. */
export async function markQueued(pool: Pool, tasks: DueTask[]): Promise<ChangeAnnouncement[]> {
  const classify = tasks.filter(({ job }) => job.kind === 'classify');
  const organizations = new Set(classify.map(({ job }) => job.organizationId));
  const changes: ChangeAnnouncement[] = [];
  for (const organizationId of organizations) {
    const own = classify.filter(({ job }) => job.organizationId === organizationId);
    const change = await inTransaction(pool, async (client) => {
      const queued = await client.query<{ id: string; siteId: string }>(
        `UPDATE study SET reading_state = 'QUEUED', updated_at = now()
         FROM (SELECT id FROM study WHERE id = ANY ($1) AND reading_state = 'RECEIVED' ORDER BY id FOR UPDATE) locked
         WHERE study.id = locked.id RETURNING study.id, study.site_id AS "siteId"`,
        [own.map(({ job }) => job.studyId)],
      );
      return queued.rows.length > 0 ? raiseRevision(client, organizationId, queued.rows) : null;
    });
    if (change) changes.push(change);
  }
  return changes;
}
