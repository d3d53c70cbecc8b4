/** Values until `return()`, which ends it at once, even while it waits for the next. */
export interface Endable<Value> extends AsyncIterableIterator<Value, undefined> {
  return(): Promise<IteratorResult<Value, undefined>>;
  [Symbol.asyncIterator](): Endable<Value>;
}

/**
 * What a generator yields. A generator by itself cannot be ended from outside while it waits for its next value, so it
 * is given a signal to end by.
 * @throws the generator's error, or the outer signal's reason
 */
export function endable<Value>(
  generate: (signal: AbortSignal) => AsyncGenerator<Value, void, undefined>,
  outer?: AbortSignal,
): Endable<Value> {
  const ending = new AbortController();
  const values = generate(outer ? AbortSignal.any([outer, ending.signal]) : ending.signal);
  const iterator: Endable<Value> = {
    next: async () => {
      try {
        const { value, done } = await values.next();
        return done ? { value: undefined, done } : { value, done: false };
      } catch (error) {
        if (!ending.signal.aborted) throw error;
        return { value: undefined, done: true };
      }
    },
    return: async () => {
      ending.abort();
      await values.return(undefined).catch(() => undefined);
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
