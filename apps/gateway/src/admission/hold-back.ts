import { setTimeout as sleep } from 'node:timers/promises';

/** How much later whoever does not wait is answered; otherwise it would be refused as fast as it can ask. */
export const heldMs = 1_000;

/**
 * Answers slowly whoever comes back sooner than it was told to. With the few requests that one client has in hand at once,
 * this leaves one that never waits a few tries a second, and the others their gateway.
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
