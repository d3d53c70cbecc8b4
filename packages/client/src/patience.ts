import { type ErrorCode, LucencyError } from './errors.js';

export interface Patience {
  /** How long a call may wait between its tries, over all of them. */
  patienceSeconds: number;
  /** Whether doing it twice is the same as doing it once. */
  repeatable: boolean;
  signal: AbortSignal | undefined;
}

/** Nothing was done, and the API says when to come back. */
const comeBack: readonly ErrorCode[] = ['BUSY', 'QUOTA', 'SIGN_IN_UNAVAILABLE'];
/** Something may have been done, or may work the next time. */
const mayPass: readonly ErrorCode[] = ['UNREACHABLE', 'INTERNAL_SERVER_ERROR', 'REQUEST_TIMEOUT', 'TOO_SLOW'];

const shortestWaitMs = 500;
const longestWaitMs = 15_000;

/**
 * Repeats what passes by itself, until it works or patience is used up; the last error then goes to the caller. A time
 * that the API names is kept to, never cut short: who comes back sooner is answered more slowly.
 */
export async function patiently<T>(
  attempt: () => Promise<T>,
  { patienceSeconds, repeatable, signal }: Patience,
): Promise<T> {
  let leftMs = patienceSeconds * 1000;
  for (let tries = 0; ; tries += 1) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof LucencyError) || !passes(error, repeatable)) throw error;
      const pause = error.retryAfterSeconds === undefined ? waitMs(tries) : error.retryAfterSeconds * 1000;
      leftMs -= pause;
      if (leftMs < 0) throw error;
      await sleep(pause, signal);
    }
  }
}

function passes({ code, status }: LucencyError, repeatable: boolean): boolean {
  if (comeBack.includes(code)) return true;
  // A proxy whose backend is away answers in its own words.
  const isGateway = code === 'UNEXPECTED_ANSWER' && status !== undefined && status >= 500;
  return repeatable && (mayPass.includes(code) || isGateway);
}

/** Half a second doubling to 15 s, half of it by chance so that a restarted service is not stormed. */
export function waitMs(tries: number): number {
  const most = Math.min(longestWaitMs, shortestWaitMs * 2 ** Math.min(tries, 10));
  return most / 2 + (most / 2) * Math.random();
}

/** @throws the signal's reason as soon as it is aborted */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
