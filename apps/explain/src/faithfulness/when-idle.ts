import { setTimeout as sleep } from 'node:timers/promises';

/** Short enough to use the pauses between studies, long enough that NATS is hardly asked. */
const lookMs = 250;

/**
 * Resolves once nothing urgent waits or is in flight anywhere, or when `ending` aborts. A backlog that cannot be read is no
 * reason to wait: the job reads it again, and reports why that failed.
 */
export async function whenIdle(urgentBacklog: () => Promise<number>, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const waiting = await urgentBacklog().catch(() => 0);
    if (waiting === 0) return;
    await sleep(lookMs, undefined, { signal: ending }).catch(() => undefined);
  }
}
