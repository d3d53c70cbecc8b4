import { expect, it } from 'vitest';
import { cosineShare, epochsWithoutGain, plateauShare } from './schedule.js';

it('warms up in a line and cools down along a cosine', () => {
  expect([0, 4, 9].map((step) => cosineShare(step, 110, 10))).toEqual([0.1, 0.5, 1]);
  expect(cosineShare(60, 110, 10)).toBeCloseTo(0.5);
  expect(cosineShare(110, 110, 10)).toBeCloseTo(0);
});

it('halves the rate after each stretch of epochs without a lower loss', () => {
  expect(plateauShare([], 2)).toBe(1);
  expect(plateauShare([3, 2, 2.5], 2)).toBe(1);
  expect(plateauShare([3, 2, 2.5, 2.1], 2)).toBe(0.5);
  expect(plateauShare([3, 2, 2.5, 2.1, 2.1, 2.2], 2)).toBe(0.25);
  expect(plateauShare([3, 2, 2.5, 2.1, 1.9, 2.2], 2)).toBe(0.5);
});

it('counts the epochs since the best one', () => {
  expect(epochsWithoutGain([3, 2, 2.5, 2.1])).toBe(2);
  expect(epochsWithoutGain([3, 2, 1])).toBe(0);
});
