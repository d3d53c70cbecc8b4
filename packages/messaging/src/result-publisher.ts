import { setTimeout as sleep } from 'node:timers/promises';
import type { JobOutcome } from '@lucency/contracts';
import { type JobKind, type JobResult, jobResult, messageVersion, subjects } from '@lucency/contracts';
import type { JobEnvelope } from './job-reader.js';
import type { JetStreamLink } from './link.js';
import type { Log } from './log.js';
import { withTrace } from './trace-header.js';

const publishTimeoutMs = 5_000;
const firstRetryMs = 100;
const slowestRetryMs = 2_000;

/** The message for an outcome. `tries` are those before this one; a fault of the job adds one. */
export function resultOf<Kind extends JobKind>(
  kind: Kind,
  envelope: JobEnvelope,
  outcome: JobOutcome<Kind>,
  tries: number,
): JobResult {
  return jobResult.parse({
    version: messageVersion,
    kind,
    taskId: envelope.taskId,
    attempt: envelope.attempt,
    organizationId: envelope.organizationId,
    studyId: envelope.studyId,
    imageId: envelope.image.id,
    timings: {},
    ...answerOf(outcome, tries),
  });
}

function answerOf<Kind extends JobKind>(outcome: JobOutcome<Kind>, tries: number): object {
  switch (outcome.outcome) {
    case 'later':
      return {
        outcome: 'later',
        delaySeconds: outcome.delaySeconds,
        tries: tries + (outcome.jobAtFault ? 1 : 0),
      };
    case 'hopeless':
      return { outcome: 'failed', reason: outcome.reason };
    default:
      return outcome;
  }
}

/**
 * Publishes a result and waits until NATS has stored it, for as long as that takes: the work is done and must
 * not be lost to a NATS that is away for a minute or came back empty.
 * @throws only when the connection was closed for good.
 */
export async function publishResult(
  link: JetStreamLink,
  result: JobResult,
  traceparent: string | null,
  log: Log,
): Promise<void> {
  const subject = subjects.result(result.kind, result.taskId);
  const payload = JSON.stringify(result);
  const options = { timeout: publishTimeoutMs, ...withTrace(traceparent) };
  for (let waitMs = firstRetryMs; ; waitMs = Math.min(waitMs * 2, slowestRetryMs)) {
    try {
      await link.client.publish(subject, payload, options);
      return;
    } catch (error) {
      if (link.connection.isClosed()) throw error;
      log.warn({ taskId: result.taskId, error }, 'result not stored yet, trying again');
      await link.restore().catch(() => undefined);
      await sleep(waitMs);
    }
  }
}
