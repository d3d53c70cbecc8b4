import { expect, it } from 'vitest';
import { Activator } from './activation.js';

const activation = { min: 0, wakeAbove: 128, cooldownSeconds: 300 };

it('starts the first pod only above what wakes it', () => {
  const activator = new Activator(activation);
  expect(activator.decide(0, 128, 0)).toBe(0);
  expect(activator.decide(5, 129, 0)).toBe(1);
});

it('lets the last pod go when nothing woke it for the whole cooldown', () => {
  const activator = new Activator(activation);
  expect(activator.decide(0, 500, 2)).toBe(2);
  expect(activator.decide(300, 100, 2)).toBe(2);
  expect(activator.decide(301, 100, 2)).toBe(0);
});

it('never lets the last one go where one must stay', () => {
  expect(new Activator({ ...activation, min: 1 }).decide(1000, 0, 1)).toBe(1);
});
