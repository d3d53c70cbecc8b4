import { type JobKind, jobKind, type Priority, priority } from '@lucency/contracts';
import type { Instruments } from '@lucency/service-kit';
import type { Pool } from 'pg';
import { sharedQuestion } from '../database/shared-question.js';

interface Waiting {
  kind: JobKind;
  priority: Priority;
  tasks: number;
  seconds: number;
}

/** What waits, by kind and priority; asked at each scrape, on an index of pending tasks alone. */
export function watchBacklog(instruments: Instruments, pool: Pool): void {
  const waiting = sharedQuestion(() => currentBacklog(pool));
  instruments.watch('lucency_backlog_tasks', async () =>
    (await waiting()).map(({ kind, priority, tasks }) => ({ value: tasks, labels: { kind, priority } })),
  );
  instruments.watch('lucency_backlog_age_seconds', async () =>
    (await waiting()).map(({ kind, priority, seconds }) => ({ value: seconds, labels: { kind, priority } })),
  );
}

/** A retried task was made long ago: it counts from when it was last handed out. */
export async function currentBacklog(pool: Pool): Promise<Waiting[]> {
  const found = await pool.query<Waiting>(
    `SELECT kind, priority, count(*)::int AS tasks, COALESCE(extract(epoch FROM now() - min(
       CASE WHEN attempt = 1 AND kind <> 'score' THEN created_at ELSE LEAST(due_at, dispatched_at) END))::float8, 0)
       AS seconds
     FROM task WHERE state = 'PENDING' AND (due_at <= now() OR dispatched_at IS NOT NULL) GROUP BY kind, priority`,
  );
  return jobKind.options.flatMap((kind) =>
    priority.options.map((lane) => {
      const row = found.rows.find((each) => each.kind === kind && each.priority === lane);
      return row ?? { kind, priority: lane, tasks: 0, seconds: 0 };
    }),
  );
}
