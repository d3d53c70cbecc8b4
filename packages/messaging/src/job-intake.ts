import { setTimeout as sleep } from 'node:timers/promises';
import {
  consumers,
  type EndedJob,
  hopeless,
  type JobKind,
  type JobOf,
  type JobOutcome,
  type JobWatch,
  type LaneModel,
  later,
  maxTries,
  type Priority,
  streams,
  unwatched,
} from '@lucency/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import { type JobEnvelope, type JobRead, readJob } from './job-reader.js';
import type { JetStreamLink } from './link.js';
import type { Log } from './log.js';
import { Puller } from './puller.js';
import { publishResult, resultOf } from './result-publisher.js';
import { SlotPool } from './slot-pool.js';
import { traceOf } from './trace-header.js';

/** Within this time the rest of a pull arrives. */
const settleMs = 100;

export interface JobIntakeOptions<Kind extends JobKind> {
  link: JetStreamLink;
  kind: Kind;
  /**
   * Each lane has its own slots, so a flood of routine never keeps STAT waiting for one, nor one model another. `model` is
   * null where it is the one in use.
   */
  lanes: { priority: Priority; slots: number; model?: LaneModel }[];
  /** For work of low priority: resolves once jobs may be taken, or when the signal aborts. */
  turn?: (ending: AbortSignal) => Promise<void>;
  /** A job that takes longer is given up for this try. */
  deadlineMs: number;
  handle: (job: JobOf<Kind>) => Promise<JobOutcome<Kind>>;
  watch?: JobWatch;
  log: Log;
}

/**
 * Takes jobs of one kind and turns each outcome into a result and an ack, in this order, so that a crash
 * between them repeats the job instead of losing its answer.
 *
 * A job that was delivered before (or carries tries) may have crashed its worker, so it runs alone: work in
 * flight finishes first, and what arrives meanwhile goes back uncounted. So a crashing image burns only its
 * own tries.
 */
export class JobIntake<Kind extends JobKind> {
  readonly #options: JobIntakeOptions<Kind>;
  readonly #pullers: Puller[];
  readonly #inHand = new Set<Promise<void>>();
  readonly #slots: SlotPool[] = [];
  readonly #ending = new AbortController();
  #alone: Promise<void> | null = null;

  constructor(options: JobIntakeOptions<Kind>) {
    this.#options = options;
    const { link, kind, lanes, log } = options;
    this.#pullers = lanes.map(({ priority, slots, model = null }) => {
      const pool = new SlotPool(slots);
      this.#slots.push(pool);
      return new Puller({
        link,
        stream: streams.jobs,
        consumer: consumers.job(kind, priority, model),
        capacity: () => this.#capacity(pool),
        onMessage: (message) => this.#accept(message, priority, pool),
        log,
      });
    });
  }

  /** Finishes work in flight, gives back uncounted what still arrives, then resolves. */
  async stop(): Promise<void> {
    this.#ending.abort();
    for (const pool of this.#slots) pool.open();
    await Promise.all(this.#pullers.map((puller) => puller.stop()));
    while (this.#inHand.size > 0) await Promise.all(this.#inHand);
  }

  async #capacity(pool: SlotPool): Promise<number> {
    while (this.#alone) await this.#alone;
    const free = await pool.free();
    await this.#options.turn?.(this.#ending.signal);
    return free;
  }

  #accept(message: JsMsg, lane: Priority, pool: SlotPool): void {
    const release = pool.take();
    const work = this.#process(message, lane).finally(() => {
      release();
      this.#inHand.delete(work);
    });
    this.#inHand.add(work);
  }

  async #process(message: JsMsg, priority: Priority): Promise<void> {
    const { link, kind, log, watch = unwatched } = this.#options;
    const alive = setInterval(() => message.working(), link.ackWaitMs / 3);
    try {
      const read = readJob(kind, message.data);
      if (read.is === 'nameless') {
        log.error({ kind }, 'dropped a job that names no task');
        message.term('names no task');
        return;
      }
      const { envelope } = read;
      const { deliveryCount, timestampNanos } = message.info;
      const tries = envelope.tries + deliveryCount - 1;
      const queuedAt = timestampNanos / 1e6;
      const seen = {
        kind,
        priority,
        taskId: envelope.taskId,
        tries,
        queuedAt,
        traceparent: traceOf(message),
      };
      await watch.job(seen, async () => {
        const outcome = await this.#outcomeOf(read, tries);
        this.#report(envelope, outcome);
        await publishResult(link, resultOf(kind, envelope, outcome, tries), watch.traceparent(), log);
        message.ack();
        return endOf(outcome);
      });
    } catch (error) {
      // Only a closed connection ends here; the job is delivered again elsewhere.
      log.error({ kind, error }, 'could not report a job');
    } finally {
      clearInterval(alive);
    }
  }

  #outcomeOf(read: Exclude<JobRead<Kind>, { is: 'nameless' }>, tries: number) {
    if (read.is === 'readable') return this.#attempt(read.job, tries);
    if (read.is === 'newer') return later(60, 'written by a newer version');
    return hopeless('UNREADABLE_JOB', read.problem);
  }

  async #attempt(job: JobOf<Kind>, tries: number): Promise<JobOutcome<Kind>> {
    if (tries >= maxTries) return hopeless('PROCESSING_CRASHED', `${tries} tries ended without an answer`);
    if (this.#ending.signal.aborted) return later(0, 'the worker is ending');
    if (this.#alone) return later(0, 'another job must run alone');
    if (tries === 0) return this.#withinDeadline(job);

    let finished: () => void = () => undefined;
    this.#alone = new Promise((resolve) => {
      finished = resolve;
    });
    try {
      // What was pulled together with this job goes back first, or a crash would burn a try of its own, too.
      await sleep(settleMs);
      while (this.#inHand.size > 1) await Promise.race(this.#inHand);
      return await this.#withinDeadline(job);
    } finally {
      this.#alone = null;
      finished();
    }
  }

  async #withinDeadline(job: JobOf<Kind>): Promise<JobOutcome<Kind>> {
    const { deadlineMs, handle } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<JobOutcome<Kind>>((resolve) => {
      timer = setTimeout(() => resolve(later(5, 'deadline exceeded', { jobAtFault: true })), deadlineMs);
    });
    try {
      return await Promise.race([handle(job), deadline]);
    } catch (error) {
      return later(5, error instanceof Error ? (error.stack ?? error.message) : String(error), {
        jobAtFault: true,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #report(envelope: JobEnvelope, outcome: JobOutcome<Kind>): void {
    const { log, kind } = this.#options;
    const fields = { kind, taskId: envelope.taskId, outcome: outcome.outcome };
    if ('why' in outcome) log.warn({ ...fields, detail: outcome.why }, 'job without an answer');
    else log.info({ ...fields, timings: outcome.timings }, 'job answered');
  }
}

function endOf<Kind extends JobKind>(outcome: JobOutcome<Kind>): EndedJob {
  if (outcome.outcome === 'later') return { outcome: 'later', timings: {} };
  if (outcome.outcome === 'hopeless') return { outcome: 'failed', timings: {} };
  return { outcome: 'answered', timings: outcome.timings };
}
