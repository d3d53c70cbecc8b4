import { type Endable, endable } from './endable.js';
import { type ErrorCode, LucencyError } from './errors.js';
import { sleep, waitMs } from './patience.js';

/** What a socket ends with that another one may not. */
const passing: readonly ErrorCode[] = [
  'UNREACHABLE',
  'BUSY',
  'QUOTA',
  'SIGN_IN_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
];

export interface Following<Value> {
  /** Events as they come. @throws where the connection ends */
  live(signal: AbortSignal): AsyncIterable<Value>;
  /** How it is now. */
  read(signal: AbortSignal): Promise<Value>;
  isOver(value: Value): boolean;
  /** The same text for values that tell nothing new. */
  tells(value: Value): string;
  signal: AbortSignal | undefined;
}

/**
 * Each new value until one is the last. What the socket misses is read over HTTP: while sockets close or cannot be
 * opened, it asks again after half a second, then more and more seldom to every 15 s, and tries a socket each time.
 */
export function follow<Value>(following: Following<Value>): Endable<Value> {
  return endable((signal) => changes(following, signal), following.signal);
}

async function* changes<Value>(
  { live, read, isOver, tells }: Following<Value>,
  signal: AbortSignal,
): AsyncGenerator<Value, void, undefined> {
  let last: string | undefined;
  let tries = 0;
  let refusals = 0;
  const isNew = (value: Value) => {
    const text = tells(value);
    if (text === last) return false;
    last = text;
    return true;
  };
  for (;;) {
    let pauseSeconds: number | undefined;
    try {
      for await (const value of live(signal)) {
        [tries, refusals] = [0, 0];
        if (isNew(value)) yield value;
        if (isOver(value)) return;
      }
    } catch (error) {
      if (!(error instanceof LucencyError)) throw error;
      if (error.code === 'UNAUTHENTICATED') {
        refusals += 1;
        if (refusals > 1) throw error;
        continue;
      }
      if (!passing.includes(error.code)) throw error;
      pauseSeconds = error.retryAfterSeconds;
    }
    await sleep(pauseSeconds === undefined ? waitMs(tries) : pauseSeconds * 1000, signal);
    tries += 1;
    const value = await read(signal);
    if (isNew(value)) yield value;
    if (isOver(value)) return;
  }
}
