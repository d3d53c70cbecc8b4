import { setTimeout as sleep } from 'node:timers/promises';

/** Short enough to use the pauses between studies, long enough that NATS is hardly asked. */
const lookMs = 250;

/**
 * Resolves once nothing urgent waits or is in hand anywhere, or when `ending` aborts. What cannot be asked is no reason to
 * wait: the job itself asks again, and reports why it failed.
 */
export async function whenIdle(urgentBacklog: () => Promise<number>, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const waiting = await urgentBacklog().catch(() => 0);
    if (waiting === 0) return;
    await sleep(lookMs, undefined, { signal: ending }).catch(() => undefined);
  }
}
