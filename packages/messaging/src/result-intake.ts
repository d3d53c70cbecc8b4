import { setTimeout as sleep } from 'node:timers/promises';
import { consumers, type JobResult, type JobWatch, jobResult, streams, unwatched } from '@lucency/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import { parseJson } from './json.js';
import type { JetStreamLink } from './link.js';
import type { Log } from './log.js';
import { Puller } from './puller.js';
import { SlotPool } from './slot-pool.js';
import { traceOf } from './trace-header.js';

export interface ResultIntakeOptions {
  link: JetStreamLink;
  /** Largest number of results recorded at once. */
  batch: number;
  /** Must have recorded all of them when it resolves; called again with the same ones when it throws. */
  record: (results: JobResult[]) => Promise<void>;
  watch?: JobWatch;
  log: Log;
}

interface Waiting {
  message: JsMsg;
  result: JobResult;
  release: () => void;
  recorded: () => void;
}

const retryMs = 1_000;

/** Hands results to the recorder in batches of what is waiting, and acks them once they are recorded. */
export class ResultIntake {
  readonly #options: ResultIntakeOptions;
  readonly #slots: SlotPool;
  readonly #puller: Puller;
  readonly #alive: NodeJS.Timeout;
  readonly #waiting: Waiting[] = [];
  #recording: Promise<void> | null = null;
  #stopping = false;

  constructor(options: ResultIntakeOptions) {
    this.#options = options;
    this.#slots = new SlotPool(options.batch * 2);
    this.#puller = new Puller({
      link: options.link,
      stream: streams.results,
      consumer: consumers.recorder,
      capacity: () => this.#slots.free(),
      onMessage: (message) => this.#accept(message),
      log: options.log,
    });
    this.#alive = setInterval(() => {
      for (const { message } of this.#waiting) message.working();
    }, options.link.ackWaitMs / 3);
  }

  /** Takes nothing new, records work in flight unless the database is away, then resolves. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#slots.open();
    await this.#puller.stop();
    await this.#recording;
    clearInterval(this.#alive);
  }

  #accept(message: JsMsg): void {
    const result = jobResult.safeParse(parseJson(message.data));
    if (!result.success) {
      this.#options.log.error({ subject: message.subject }, 'dropped a result that cannot be read');
      message.term('cannot be read');
      return;
    }
    const { watch = unwatched } = this.#options;
    this.#waiting.push({
      message,
      result: result.data,
      release: this.#slots.take(),
      recorded: watch.result(result.data, traceOf(message)),
    });
    this.#recording ??= this.#recordAll().finally(() => {
      this.#recording = null;
    });
  }

  async #recordAll(): Promise<void> {
    const { batch, record, log } = this.#options;
    // Messages that arrived in the same read of the socket are still being handed over.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const taken = this.#waiting.slice(0, batch);
      try {
        await record(taken.map(({ result }) => result));
      } catch (error) {
        if (this.#stopping) return;
        log.error({ error, count: taken.length }, 'could not record, trying again');
        await sleep(retryMs);
        continue;
      }
      this.#waiting.splice(0, taken.length);
      for (const { message, release, recorded } of taken) {
        message.ack();
        release();
        recorded();
      }
    }
  }
}
