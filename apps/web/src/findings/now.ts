import { useSyncExternalStore } from 'react';

/** Soon enough for what is said in seconds; one clock for the whole page. */
const tickMs = 5_000;
const listeners = new Set<() => void>();
let now = Date.now();
let clock: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  clock ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** The time in milliseconds, five seconds old at most. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current, current);
}

/** Read anew where nobody listens, since then nothing ticks. */
function current(): number {
  if (clock === undefined) now = Math.max(now, Math.floor(Date.now() / tickMs) * tickMs);
  return now;
}
