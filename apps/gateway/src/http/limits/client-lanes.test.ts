import { expect, it } from 'vitest';
import { ClientLanes } from './client-lanes.js';

/** Lets everything run that is ready to. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('works on eight requests of a client at once, the next in turn, and on others meanwhile', async () => {
  const lanes = new ClientLanes();
  const leaves = await Promise.all(Array.from({ length: 8 }, () => lanes.enter('a')));
  const turns: string[] = [];
  void lanes.enter('a')?.then(() => turns.push('ninth'));
  void lanes.enter('a')?.then(() => turns.push('tenth'));
  void lanes.enter('b')?.then(() => turns.push('other'));
  await settle();
  expect(turns).toEqual(['other']);
  leaves[0]?.();
  await settle();
  expect(turns).toEqual(['other', 'ninth']);
  leaves[1]?.();
  await settle();
  expect(turns).toEqual(['other', 'ninth', 'tenth']);
});

it('refuses those that come on top of 64 waiting, until there is room', async () => {
  const lanes = new ClientLanes();
  const entered = Array.from({ length: 8 + 64 }, () => lanes.enter('a'));
  expect(entered.every((turn) => turn !== null)).toBe(true);
  expect(lanes.enter('a')).toBeNull();
  (await entered[0])?.();
  expect(lanes.enter('a')).not.toBeNull();
});
