import { expect, it } from 'vitest';
import { endable } from './endable.js';
import { sleep } from './patience.js';

async function* oneAndThenNothing(signal: AbortSignal) {
  yield 'first';
  await sleep(60_000, signal);
}

it('ends a loop that waits for its next value', async () => {
  const values = endable(oneAndThenNothing);
  const seen: string[] = [];
  const listening = (async () => {
    for await (const value of values) seen.push(value);
  })();
  await expect.poll(() => seen).toEqual(['first']);
  await values.return();
  await listening;
  expect(await values.next()).toEqual({ value: undefined, done: true });
});

it('ends with the reason of the signal of whoever asked', async () => {
  const controller = new AbortController();
  const values = endable(oneAndThenNothing, controller.signal);
  await values.next();
  const reason = new Error('the page was left');
  controller.abort(reason);
  await expect(values.next()).rejects.toBe(reason);
});
