import type { JobResult, Priority } from '@lucency/contracts';
import type { PoolClient } from 'pg';

export interface FencedTask {
  id: string;
  siteId: string;
  studyId: string;
  imageId: string;
  priority: Priority;
  tries: number;
  /** Since the study was submitted. */
  studyAgeSeconds: number;
}

/** A result that its task still waits for. */
export interface FencedResult<R extends JobResult = JobResult> {
  task: FencedTask;
  result: R;
}

/** Studies are always locked before their tasks and in order of id, so that no two transactions wait in a ring. */
export async function lockStudies(
  client: PoolClient,
  organizationId: string,
  results: JobResult[],
): Promise<void> {
  await client.query(
    'SELECT id FROM study WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE',
    [organizationId, results.map(({ studyId }) => studyId)],
  );
}

/** Keeps the first result of each task that is pending in the attempt the result answers. */
export async function fence(
  client: PoolClient,
  organizationId: string,
  results: JobResult[],
): Promise<FencedResult[]> {
  const pending = await client.query<{
    id: string;
    site_id: string;
    study_id: string;
    image_id: string;
    kind: string;
    attempt: number;
    priority: Priority;
    tries: number;
    study_age_seconds: number;
  }>(
    `SELECT t.id, t.site_id, t.study_id, t.image_id, t.kind, t.attempt, t.priority, t.tries,
       extract(epoch FROM now() - s.created_at)::float8 AS study_age_seconds
     FROM task t JOIN study s ON s.id = t.study_id
     WHERE t.organization_id = $1 AND t.id = ANY ($2) AND t.state = 'PENDING' ORDER BY t.id FOR UPDATE OF t`,
    [organizationId, results.map(({ taskId }) => taskId)],
  );
  const waiting = new Map(pending.rows.map((row) => [row.id, row]));
  return results.flatMap((result) => {
    const task = waiting.get(result.taskId);
    if (!task || task.attempt !== result.attempt || task.kind !== result.kind) return [];
    if (task.study_id !== result.studyId || task.image_id !== result.imageId) return [];
    waiting.delete(result.taskId);
    return [
      {
        result,
        task: {
          id: task.id,
          siteId: task.site_id,
          studyId: task.study_id,
          imageId: task.image_id,
          priority: task.priority,
          tries: task.tries,
          studyAgeSeconds: task.study_age_seconds,
        },
      },
    ];
  });
}
