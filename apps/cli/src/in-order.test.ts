import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inOrder } from './in-order.js';

it('yields results in the order of the items, never working on more at once than allowed', async () => {
  let atWork = 0;
  let most = 0;
  const results: number[] = [];
  const items = [30, 1, 20, 5, 1, 15, 2];
  for await (const result of inOrder(items, 3, async (ms) => {
    atWork += 1;
    most = Math.max(most, atWork);
    await sleep(ms);
    atWork -= 1;
    return ms;
  }))
    results.push(result);
  expect(results).toEqual(items);
  expect(most).toBe(3);
});
