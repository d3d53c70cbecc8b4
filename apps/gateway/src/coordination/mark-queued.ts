import type { ChangeAnnouncement } from '@lucency/contracts';
import type { Pool } from 'pg';
import { inTransaction } from '../database/tenant.js';
import type { Author } from '../study/actor.js';
import { moveStudies } from '../study/move-studies.js';
import type { DueTask } from './due-tasks.js';

/** Shows studies as QUEUED whose first job NATS holds now; @returns one change an organization. */
export async function markQueued(pool: Pool, tasks: DueTask[]): Promise<ChangeAnnouncement[]> {
  const classify = tasks.filter(({ job }) => job.kind === 'classify');
  const organizations = new Set(classify.map(({ job }) => job.organizationId));
  const changes: ChangeAnnouncement[] = [];
  for (const organizationId of organizations) {
    const own = classify.filter(({ job }) => job.organizationId === organizationId);
    const change = await inTransaction(pool, async (client) => {
      const received = await client.query<{ id: string }>(
        `SELECT id FROM study WHERE id = ANY ($1) AND reading_state = 'RECEIVED' AND withdrawn_at IS NULL
         ORDER BY id FOR UPDATE`,
        [own.map(({ job }) => job.studyId)],
      );
      const author: Author = { organizationId, actor: { coordinator: 'dispatcher' } };
      return moveStudies(client, author, {
        moved: received.rows.map(({ id }) => id),
        entries: [],
      });
    });
    if (change) changes.push(change);
  }
  return changes;
}
