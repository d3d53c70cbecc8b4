import {
  type ChangeAnnouncement,
  type JobResult,
  maxTries,
  shownMethod,
  type WithholdingCode,
} from '@lucency/contracts';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/tenant.js';
import { addDeliveries, type Sendable } from '../delivery/add-deliveries.js';
import type { Author } from '../study/actor.js';
import { moveStudies } from '../study/move-studies.js';
import { entryOf } from './audited-results.js';
import { type FencedResult, type FencedTask, fence, lockStudies } from './fence.js';
import { storeFaithfulness, storeHeatmaps, storeReadings } from './store-answers.js';

export interface Recorded {
  change: ChangeAnnouncement | null;
  /** True when tasks were made or given back that are due at once. */
  tasksDue: boolean;
  /** Those that their tasks still waited for. */
  counted: FencedResult[];
}

/**
 * Whoever looks at the study waits for its heatmap to be checked; at once, the score would only hold up, or give way to, the
 * studies that came with this one.
 */
const scoreDelaySeconds = 3;

const unfaithful: WithholdingCode = 'UNFAITHFUL';

type Outcome = JobResult['outcome'];
type ResultWith<O extends Outcome> = Extract<JobResult, { outcome: O }>;

/**
 * Records results of one organization, each at most once, in one transaction. Results of a task that is
 * settled, of an earlier attempt, or of no known task are dropped.
 */
export function recordResults(pool: Pool, organizationId: string, results: JobResult[]): Promise<Recorded> {
  const author: Author = { organizationId, actor: { coordinator: 'recorder' } };
  return inTransaction(pool, async (client) => {
    await lockStudies(client, organizationId, results);
    const fenced = await fence(client, organizationId, results);
    if (fenced.length === 0) return { change: null, tasksDue: false, counted: [] };

    const read = withOutcome(fenced, 'read');
    const drawn = withOutcome(fenced, 'drawn');
    const scored = withOutcome(fenced, 'scored');
    const postponed = withOutcome(fenced, 'later').filter(({ result }) => result.tries < maxTries);
    await storeReadings(client, read);
    await storeHeatmaps(client, drawn);
    await storeFaithfulness(client, scored);
    await settle(client, fenced);
    await postpone(client, postponed);
    await addTasks(
      client,
      'explain',
      read.map(({ task, result }) => ({ task, modelId: result.reading.modelId, method: shownMethod })),
    );
    await addTasks(
      client,
      'score',
      drawn.map(({ task, result: { heatmap } }) => ({ task, ...heatmap })),
    );

    await addDeliveries(client, organizationId, 'RESULT', [...read, ...refusals(fenced)].map(sendable));
    await addDeliveries(client, organizationId, 'HEATMAP', scored.filter(isShown).map(sendable));

    const change = await moveStudies(client, author, {
      moved: visible(fenced),
      touched: cautioned(scored),
      entries: fenced.flatMap((each) => entryOf(each, endOf(each.result)) ?? []),
    });
    const tasksDue = read.length > 0 || postponed.some(({ result }) => result.delaySeconds === 0);
    return { change, tasksDue, counted: fenced };
  });
}

function withOutcome<O extends Outcome>(results: FencedResult[], outcome: O): FencedResult<ResultWith<O>>[] {
  return results.filter((entry): entry is FencedResult<ResultWith<O>> => entry.result.outcome === outcome);
}

/** Studies whose state may have changed: not by a postponed task, nor by a score that leaves its heatmap shown. */
function visible(results: FencedResult[]): string[] {
  const shown = results.filter(({ result }) => {
    if (result.outcome === 'later') return result.tries >= maxTries;
    return result.outcome !== 'scored' || withholds(result);
  });
  return [...new Set(shown.map(({ task }) => task.studyId))];
}

/** Studies that stay as they are but for the words beside their heatmap; a plain score is worth no word at all. */
function cautioned(results: FencedResult<ResultWith<'scored'>>[]): string[] {
  const shown = results.filter(({ result }) => result.faithfulness.presentation === 'CAUTIOUS');
  return [...new Set(shown.map(({ task }) => task.studyId))];
}

function refusals(results: FencedResult[]): FencedResult[] {
  return withOutcome(results, 'refused').filter(({ result }) => result.kind === 'classify');
}

function isShown({ result }: FencedResult<ResultWith<'scored'>>): boolean {
  return result.faithfulness.method === shownMethod && !withholds(result);
}

function sendable({ task: { id: sourceId, siteId, studyId, imageId, priority } }: FencedResult): Sendable {
  return { siteId, studyId, imageId, sourceId, priority };
}

function withholds({ faithfulness }: ResultWith<'scored'>): boolean {
  return faithfulness.presentation === 'WITHHELD';
}

async function settle(client: PoolClient, results: FencedResult[]): Promise<void> {
  const settled = results.flatMap(({ task, result }) => {
    const end = endOf(result);
    return end ? [{ id: task.id, ...end }] : [];
  });
  if (settled.length === 0) return;
  await client.query(
    `UPDATE task SET state = end_state.state::task_state, reason = end_state.reason, settled_at = now()
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS end_state (id, state, reason)
     WHERE task.id = end_state.id`,
    [settled.map(({ id }) => id), settled.map(({ state }) => state), settled.map(({ reason }) => reason)],
  );
}

/** How a result leaves its task; null while the task goes on. */
function endOf(result: JobResult): { state: string; reason: string | null } | null {
  switch (result.outcome) {
    case 'read':
    case 'drawn':
      return { state: 'DONE', reason: null };
    case 'scored':
      return withholds(result) ? { state: 'REFUSED', reason: unfaithful } : { state: 'DONE', reason: null };
    case 'refused':
    case 'withheld':
      return { state: 'REFUSED', reason: result.reason };
    case 'failed':
      return { state: 'FAILED', reason: result.reason };
    case 'later':
      return result.tries < maxTries ? null : { state: 'FAILED', reason: 'PROCESSING_CRASHED' };
  }
}

/** dispatched_at is cleared: the job was answered, so publishing it again is not a repetition. */
async function postpone(client: PoolClient, results: FencedResult<ResultWith<'later'>>[]): Promise<void> {
  if (results.length === 0) return;
  await client.query(
    `UPDATE task SET due_at = now() + make_interval(secs => pause.seconds), tries = pause.tries, dispatched_at = NULL
     FROM unnest($1::uuid[], $2::float8[], $3::int[]) AS pause (id, seconds, tries)
     WHERE task.id = pause.id`,
    [
      results.map(({ task }) => task.id),
      results.map(({ result }) => result.delaySeconds),
      results.map(({ result }) => result.tries),
    ],
  );
}

async function addTasks(
  client: PoolClient,
  kind: 'explain' | 'score',
  parents: { task: FencedTask; modelId: string; method: string }[],
): Promise<void> {
  if (parents.length === 0) return;
  await client.query(
    `INSERT INTO task (organization_id, site_id, study_id, image_id, kind, model_id, method, priority, due_at, traceparent)
     SELECT organization_id, site_id, study_id, image_id, $2::task_kind, of.model_id, of.method,
       CASE WHEN $2 = 'score' THEN 'ROUTINE'::priority ELSE priority END,
       now() + make_interval(secs => $3), CASE WHEN $2 = 'score' THEN NULL ELSE traceparent END
     FROM unnest($1::uuid[], $4::text[], $5::text[]) AS of (parent, model_id, method) JOIN task ON task.id = of.parent
     ON CONFLICT DO NOTHING`,
    [
      parents.map(({ task }) => task.id),
      kind,
      kind === 'score' ? scoreDelaySeconds : 0,
      parents.map(({ modelId }) => modelId),
      parents.map(({ method }) => method),
    ],
  );
}
