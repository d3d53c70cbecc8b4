import type { Job, LaneModel } from '@lucency/contracts';
import { streams, subjects } from '@lucency/contracts';
import { JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream';
import type { JetStreamLink } from './link.js';
import { withTrace } from './trace-header.js';

const subjectAlreadyHolds = 10077;
const publishTimeoutMs = 5_000;

/** `queued` when this message was stored, `present` when the task already waits or is in flight. */
export type PublishedJob = 'queued' | 'present';

export interface Publication {
  /** What the job belongs to. */
  traceparent?: string | null;
  /** That of the model in use unless told. */
  lane?: LaneModel;
}

/**
 * Publishes one job; harmless to repeat.
 * @throws whatever NATS says when the stream is missing, full or away.
 */
export async function publishJob(
  jetstream: JetStreamClient,
  job: Job,
  { traceparent = null, lane = null }: Publication = {},
): Promise<PublishedJob> {
  const subject = subjects.job(job.kind, job.priority, job.taskId, lane);
  try {
    await jetstream.publish(subject, JSON.stringify(job), {
      timeout: publishTimeoutMs,
      ...withTrace(traceparent),
    });
    return 'queued';
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === subjectAlreadyHolds) return 'present';
    throw error;
  }
}

/**
 * Takes what NATS holds for this task away, as the message of an attempt that is over. It may lie in the lane of the model in
 * use, too: its model may have got lanes of its own since.
 */
export async function purgeJob(
  link: JetStreamLink,
  { kind, priority, taskId }: Job,
  lane: LaneModel = null,
): Promise<void> {
  const manager = await link.manager();
  for (const each of new Set([null, lane])) {
    await manager.streams.purge(streams.jobs, { filter: subjects.job(kind, priority, taskId, each) });
  }
}
