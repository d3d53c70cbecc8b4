import type { ExplainJob, Job, JobKind, Priority, Region } from '@lucency/contracts';
import { defaultMethod, heatmapKey, messageVersion, wholePicture } from '@lucency/contracts';
import type { Pool } from 'pg';

/** A task taken for dispatch, with the job to publish for it. */
export interface DueTask {
  job: Job;
  siteId: string;
  /** True when it was published before and no result has been recorded since. */
  again: boolean;
  /** Of the click that made it. */
  traceparent: string | null;
}

interface Row {
  task_id: string;
  attempt: number;
  tries: number;
  kind: JobKind;
  priority: Priority;
  again: boolean;
  organization_id: string;
  site_id: string;
  study_id: string;
  image_id: string;
  blob_key: string;
  sha256: string;
  bytes: number;
  /** That the task names. */
  task_model: string | null;
  method: string | null;
  /** That made its reading. */
  model_id: string | null;
  evidence: number[] | null;
  region: Region | null;
  width: number | null;
  height: number | null;
  traceparent: string | null;
}

/**
 * Jobs of kind `score` that NATS holds at once. They wait until no other work does, which may take hours, and each costs a look
 * whenever it is due again.
 */
const maxFaithfulnessJobs = 64;

/**
 * Takes tasks whose time has come, STAT first, and sets their next time ahead. Several gateways may do this at
 * once: each row goes to one of them. One that dies afterwards loses nothing, the time comes again.
 * Work on faithfulness comes last and a few at a time, the newest first, since their heatmaps are being looked at.
 *
 * The planner takes what CTEs return for as much as their limits allow, and would read whole tables for it; an array and
 * lateral limits leave it the keys.
 */
export async function takeDueTasks(pool: Pool, limit: number, redispatchSeconds: number): Promise<DueTask[]> {
  const taken = await pool.query<Row>(
    `WITH urgent AS (
       SELECT id FROM task
       WHERE state = 'PENDING' AND kind <> 'score' AND due_at <= now()
       ORDER BY priority, due_at
       LIMIT $1
       FOR UPDATE SKIP LOCKED
     ), faithfulness_again AS (
       SELECT id FROM task
       WHERE state = 'PENDING' AND kind = 'score' AND dispatched_at IS NOT NULL AND due_at <= now()
       LIMIT $1
       FOR UPDATE SKIP LOCKED
     ), scores AS (
       SELECT id FROM task
       WHERE state = 'PENDING' AND kind = 'score' AND dispatched_at IS NULL AND due_at <= now()
       ORDER BY due_at DESC
       LIMIT GREATEST(0, $3 - (SELECT count(*) FROM task
         WHERE state = 'PENDING' AND kind = 'score' AND dispatched_at IS NOT NULL))
       FOR UPDATE SKIP LOCKED
     ), due AS (
       SELECT id FROM urgent UNION ALL SELECT id FROM faithfulness_again UNION ALL SELECT id FROM scores
     ), taken AS (
       UPDATE task SET due_at = now() + make_interval(secs => $2), dispatched_at = now()
       WHERE id = ANY (ARRAY (SELECT id FROM due))
       RETURNING new.*, old.dispatched_at IS NOT NULL AS again
     )
     SELECT t.id AS task_id, t.attempt, t.tries, t.kind, t.priority, t.again, t.organization_id, t.site_id,
       t.study_id, t.image_id, i.blob_key, i.sha256, i.bytes, t.model_id AS task_model, t.method,
       r.model_id, r.evidence, r.region, i.width, i.height, t.traceparent
     FROM taken t
     JOIN LATERAL (SELECT blob_key, sha256, bytes, width, height FROM image WHERE image.id = t.image_id LIMIT 1) i ON true
     LEFT JOIN LATERAL (
       SELECT model_id, evidence, region FROM reading WHERE reading.image_id = t.image_id AND t.kind <> 'classify'
         AND (t.model_id IS NULL OR reading.model_id = t.model_id)
       ORDER BY created_at DESC LIMIT 1
     ) r ON true
     ORDER BY t.kind = 'score', t.priority, t.created_at`,
    [limit, redispatchSeconds, maxFaithfulnessJobs],
  );
  return taken.rows.map((row) => ({
    job: jobOf(row),
    siteId: row.site_id,
    again: row.again,
    traceparent: row.traceparent,
  }));
}

/** Gives tasks back that could not be published, to be taken again soon. */
export async function giveBack(pool: Pool, taskIds: string[], delaySeconds: number): Promise<void> {
  if (taskIds.length === 0) return;
  await pool.query('UPDATE task SET due_at = now() + make_interval(secs => $2) WHERE id = ANY ($1)', [
    taskIds,
    delaySeconds,
  ]);
}

function jobOf(row: Row): Job {
  const reading = readingOf(row);
  const common = {
    version: messageVersion,
    taskId: row.task_id,
    attempt: row.attempt,
    tries: row.tries,
    priority: row.priority,
    organizationId: row.organization_id,
    studyId: row.study_id,
    modelId: row.task_model ?? reading?.modelId,
    image: { id: row.image_id, blobKey: row.blob_key, sha256: row.sha256, bytes: row.bytes },
  } as const;
  const method = row.method ?? defaultMethod;
  switch (row.kind) {
    case 'classify':
      return { ...common, kind: 'classify' };
    case 'explain':
      return {
        ...common,
        kind: 'explain',
        method,
        heatmapKey: heatmapKey(row.organization_id, row.task_id),
        reading,
      };
    case 'score':
      if (!reading) throw new Error(`task ${row.task_id} scores an image without a reading`);
      return { ...common, kind: 'score', method, reading };
  }
}

function readingOf({ model_id: modelId, evidence, region, width, height }: Row): ExplainJob['reading'] {
  if (!modelId || !evidence) return null;
  return {
    modelId,
    evidence,
    region: region ?? wholePicture,
    width: width ?? undefined,
    height: height ?? undefined,
  };
}
