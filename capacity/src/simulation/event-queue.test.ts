import { seededRandom } from '@lucency/statistics';
import { expect, it } from 'vitest';
import { EventQueue } from './event-queue.js';

it('gives what happens earliest first, however it was added', () => {
  const random = seededRandom(1);
  const queue = new EventQueue<number>();
  const times = Array.from({ length: 500 }, () => Math.floor(random() * 100));
  for (const time of times) queue.add(time, time);
  const taken = times.map(() => queue.take());
  expect(taken).toEqual([...times].sort((a, b) => a - b));
  expect(queue.take()).toBeUndefined();
});

it('gives what happens at the same time in the order in which it was added', () => {
  const queue = new EventQueue<string>();
  for (const name of ['a', 'b', 'c', 'd', 'e']) queue.add(7, name);
  queue.add(1, 'first');
  expect(Array.from({ length: 6 }, () => queue.take())).toEqual(['first', 'a', 'b', 'c', 'd', 'e']);
});
