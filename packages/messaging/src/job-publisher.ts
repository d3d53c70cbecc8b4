import type { Job } from '@lucency/contracts';
import { streams, subjects } from '@lucency/contracts';
import { JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream';
import type { JetStreamLink } from './link.js';
import { withTrace } from './trace-header.js';

const subjectAlreadyHolds = 10077;
const publishTimeoutMs = 5_000;

/** `queued` when this message was stored, `present` when the task already waits or is in hand. */
export type PublishedJob = 'queued' | 'present';

/**
 * Publishes one job, with the trace it belongs to; harmless to repeat.
 * @throws whatever NATS says when the stream is missing, full or away.
 */
export async function publishJob(
  jetstream: JetStreamClient,
  job: Job,
  traceparent: string | null = null,
): Promise<PublishedJob> {
  const subject = subjects.job(job.kind, job.priority, job.taskId);
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

/** Takes what NATS holds for this task away, as the message of an attempt that is over. */
export async function purgeJob(link: JetStreamLink, { kind, priority, taskId }: Job): Promise<void> {
  const manager = await link.manager();
  await manager.streams.purge(streams.jobs, { filter: subjects.job(kind, priority, taskId) });
}
