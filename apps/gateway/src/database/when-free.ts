import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseBusy } from './pool.js';

const patienceMs = 30_000;
const pauseMs = 500;

/**
 * Tries until a database connection is to be had, for half a minute. Live updates wait where queries are refused: what
 * is told late is read then, and whoever is cut off instead comes back at once and asks for more.
 * @throws DatabaseBusy after that, or the signal's reason once nobody waits for it any more
 */
export async function whenFree<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DatabaseBusy) || performance.now() > giveUpAt) throw error;
      await sleep(pauseMs * (1 + Math.random()), undefined, signal && { signal });
    }
  }
}
