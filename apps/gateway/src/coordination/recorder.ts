import type { ChangeAnnouncement, JobResult } from '@lucency/contracts';
import { type JetStreamLink, type Log, ResultIntake } from '@lucency/messaging';
import { type Instruments, jobWatch } from '@lucency/service-kit';
import { DatabaseError, type Pool } from 'pg';
import { ForbiddenMove } from '../study/state.js';
import { beginAtNone, measureRecorded } from './measure-recorded.js';
import { recordResults } from './record-results.js';

export interface RecorderOptions {
  pool: Pool;
  link: JetStreamLink;
  onChange: (change: ChangeAnnouncement) => void;
  onTasksDue: () => void;
  instruments: Instruments;
  log: Log;
}

const batch = 100;

/** Takes results from NATS and records them; correctness rests on recordResults alone. */
export function startRecorder(options: RecorderOptions): ResultIntake {
  beginAtNone(options.instruments);
  return new ResultIntake({
    link: options.link,
    batch,
    watch: jobWatch(options.instruments),
    log: options.log,
    record: async (results) => {
      // One transaction an organization: their revision rows are then never locked in a ring.
      const organizations = new Set(results.map(({ organizationId }) => organizationId));
      for (const organizationId of organizations) {
        const own = results.filter((result) => result.organizationId === organizationId);
        await recordBatch(options, organizationId, own);
      }
    },
  });
}

async function recordBatch(
  options: RecorderOptions,
  organizationId: string,
  results: JobResult[],
): Promise<void> {
  try {
    await record(options, organizationId, results);
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    for (const result of results) await recordAlone(options, organizationId, result);
  }
}

/** A result that the database will never take must not hold up the others: its task ends FAILED. */
async function recordAlone(
  options: RecorderOptions,
  organizationId: string,
  result: JobResult,
): Promise<void> {
  try {
    await record(options, organizationId, [result]);
  } catch (error) {
    if (!isOwnFault(error)) throw error;
    options.log.error({ taskId: result.taskId, error }, 'a result cannot be recorded');
    const { version, kind, taskId, attempt, studyId, imageId, timings } = result;
    const failed = { version, kind, taskId, attempt, organizationId, studyId, imageId, timings };
    await record(options, organizationId, [{ ...failed, outcome: 'failed', reason: 'INTERNAL' }]);
  }
}

async function record(options: RecorderOptions, organizationId: string, results: JobResult[]): Promise<void> {
  const { pool, onChange, onTasksDue, instruments } = options;
  const { change, tasksDue, counted } = await recordResults(pool, organizationId, results);
  measureRecorded(instruments, counted);
  if (tasksDue) onTasksDue();
  if (change) onChange(change);
}

/** Data the database refuses (classes 22 and 23) or a move that is not allowed; anything else may pass. */
function isOwnFault(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^2[23]/.test(error.code ?? '');
  return error instanceof ForbiddenMove;
}
