import { expect, it } from 'vitest';
import { upperBound } from './upper-bound.js';

it('bounds a share as Wilson published it', () => {
  expect(upperBound(0, 400)).toBeCloseTo(0.00951, 5);
  expect(upperBound(10, 100)).toBeCloseTo(0.1744, 4);
  expect(upperBound(100, 100)).toBeCloseTo(1, 12);
});

it('promises nothing of what was never counted', () => {
  expect(upperBound(0, 0)).toBe(1);
});
