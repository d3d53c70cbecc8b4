import { setTimeout as sleep } from 'node:timers/promises';

/** Delay of the refusal of a client that retries before `retryAfterSeconds`. */
export const heldMs = 1_000;

/**
 * Delays the refusal of clients that retry before `retryAfterSeconds`, so that a tight loop cannot saturate the gateway: with the
 * few requests that one client may have in flight, it gets a few tries a second.
 */
export class HoldBack {
  readonly #until = new Map<string, number>();

  /** Resolves when the refusal may be given. */
  async beforeRefusing(personId: string, retryAfterSeconds: number): Promise<void> {
    const now = performance.now();
    const isEarly = (this.#until.get(personId) ?? 0) > now;
    if (isEarly) await sleep(heldMs);
    else this.#until.set(personId, now + 1_000 * retryAfterSeconds);
  }
}
