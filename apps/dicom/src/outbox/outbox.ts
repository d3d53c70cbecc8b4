import { setTimeout as sleep } from 'node:timers/promises';
import type { LeasedDelivery, LucencyClient } from '@lucency/client';
import type { Logger } from '@lucency/service-kit';
import type { Delivery, DeliveryOutcome } from '../delivery/index.js';
import { destinationOf } from './destination-of.js';
import { fetchPicture } from './fetch-picture.js';
import { type Fetched, resultOf } from './result-of.js';

export interface OutboxOptions {
  /** Each with the role SERVICE at the sites it serves. */
  clients: readonly LucencyClient[];
  delivery: Delivery;
  pollSeconds: number;
  leaseSeconds: number;
  ended: (content: LeasedDelivery['delivery']['content'], outcome: DeliveryOutcome) => void;
  log: Logger;
}

/** In hand at once of one client: several times what the gateway hands out of one destination. */
const mostInHand = 8;
const pauseAfterFaultSeconds = 10;
/** Of a header; pixels are needed for heatmaps alone. */
const headerBytes = 1024 ** 2;

/**
 * Takes what the gateway's outbox holds and sends it. Nothing is kept here: what is not settled is handed out again, and
 * objects keep their UIDs, so that sending twice doubles nothing.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#running = Promise.all(options.clients.map((client) => this.#serve(client))).then(() => undefined);
  }

  /** Takes nothing more and ends once what is in hand is settled. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #serve(client: LucencyClient): Promise<void> {
    const { pollSeconds, leaseSeconds, log } = this.#options;
    const inHand = new Set<Promise<void>>();
    let away = false;
    while (!this.#stop.signal.aborted) {
      const room = mostInHand - inHand.size;
      if (room === 0) {
        await Promise.race(inHand);
        continue;
      }
      let pause = pollSeconds;
      try {
        const taken = await client.takeDeliveries({ limit: room, leaseSeconds });
        away = false;
        for (const leased of taken) {
          const sending = this.#send(client, leased).finally(() => inHand.delete(sending));
          inHand.add(sending);
        }
        if (taken.length === room) continue;
      } catch (error) {
        // Once: whoever watches the log learns nothing from the same line every ten seconds.
        if (!away) log.warn({ error }, 'the outbox cannot be asked');
        away = true;
        pause = pauseAfterFaultSeconds;
      }
      await sleep(pause * 1000, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
    await Promise.all(inHand);
  }

  async #send(client: LucencyClient, { lease, delivery }: LeasedDelivery): Promise<void> {
    const { log, ended } = this.#options;
    const { id: deliveryId, content } = delivery;
    try {
      const outcome = await this.#tryToDeliver(delivery);
      const end =
        outcome.kind === 'delivered'
          ? ({ outcome: 'DELIVERED' } as const)
          : ({ outcome: outcome.kind === 'again' ? 'AGAIN' : 'HOPELESS', reason: outcome.reason } as const);
      await client.settleDelivery({ deliveryId, lease, ...end });
      ended(content, outcome);
      if (outcome.kind !== 'delivered')
        log.info({ reason: outcome.reason, kind: delivery.destination.kind }, 'not delivered');
    } catch (error) {
      // Its lease ends, and somebody sends it again.
      log.warn({ error, kind: delivery.destination.kind }, 'a delivery was not settled');
    }
  }

  /** One try, which ends in one of the named ways whatever happens. */
  async #tryToDeliver(delivery: LeasedDelivery['delivery']): Promise<DeliveryOutcome> {
    try {
      return await this.#deliver(delivery);
    } catch (error) {
      this.#options.log.error({ error }, 'making or sending a delivery failed');
      return { kind: 'again', reason: 'INTERNAL' };
    }
  }

  async #deliver(delivery: LeasedDelivery['delivery']): Promise<DeliveryOutcome> {
    const to = destinationOf(delivery.destination);
    if (delivery.content === 'ECHO') return this.#options.delivery.echo(to);
    let fetched: Fetched;
    try {
      fetched = await fetchFor(delivery);
    } catch {
      return { kind: 'again', reason: 'SOURCE_AWAY' };
    }
    const result = resultOf(delivery, fetched);
    return this.#options.delivery.deliver(result, to);
  }
}

async function fetchFor({ content, image }: LeasedDelivery['delivery']): Promise<Fetched> {
  const original = image?.mediaType === 'APPLICATION_DICOM' ? image.originalAddress : null;
  const heatmap = content === 'HEATMAP' ? image?.heatmap?.address : null;
  if (!original) return { source: null, heatmap: null, original: null };
  return {
    source: await fetchPicture(original.url, headerBytes),
    heatmap: heatmap ? await fetchPicture(heatmap.url) : null,
    original: () => fetchPicture(original.url),
  };
}
