import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import type { JetStreamLink } from './link.js';
import type { Log } from './log.js';

/**
 * A pull is renewed this often, so that one lost with its server is missed only briefly, and one that is open when the
 * puller stops ends soon. The least that NATS allows.
 */
const pullExpiresMs = 1_000;
const firstRetryMs = 250;
const slowestRetryMs = 2_000;

export interface PullerOptions {
  link: JetStreamLink;
  stream: string;
  consumer: string;
  /** Resolves to how many messages may come now, at least one; may take its time. */
  capacity: () => Promise<number>;
  onMessage: (message: JsMsg) => void;
  log: Log;
}

/** Pulls messages of one durable consumer, never more than there is room for, until stopped. */
export class Puller {
  readonly #options: PullerOptions;
  readonly #done: Promise<void>;
  #stopping = false;

  constructor(options: PullerOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  /**
   * Stops pulling; resolves when the open pull has ended. It is not cut short: a message on its way would reach
   * nobody, and be delivered again late and as a try.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    const { link, stream, consumer: name, capacity, onMessage, log } = this.#options;
    let consumer: Consumer | null = null;
    let waitMs = 0;
    // The coordinator makes the streams; one that cannot yet, and everyone else, tries again below.
    await link.restore().catch(() => undefined);
    while (!this.#stopping) {
      const room = await capacity();
      if (this.#stopping) break;
      try {
        consumer ??= await link.client.consumers.get(stream, name);
        const messages = await consumer.fetch({ max_messages: room, expires: pullExpiresMs });
        waitMs = 0;
        for await (const message of messages) onMessage(message);
      } catch (error) {
        consumer = null;
        if (this.#stopping) break;
        // Once an outage: a worker may wait for minutes until a coordinator has made its consumer.
        if (waitMs === 0) log.warn({ consumer: name, error }, 'pull failed, trying until it works');
        await link.restore().catch(() => undefined);
        waitMs = Math.min(Math.max(waitMs * 2, firstRetryMs), slowestRetryMs);
        await sleep(waitMs);
      }
    }
  }
}
