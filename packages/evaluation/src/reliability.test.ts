import { seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import type { Scored } from './confusion.js';
import { calibrationError, reliability } from './reliability.js';

const scored = (probability: number, label: 0 | 1): Scored => ({ probability, label });

/** Answers whose probabilities come true. */
function honest(count: number): Scored[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () => {
    const probability = random();
    return { probability, label: random() < probability ? 1 : 0 };
  });
}

describe('the calibration error', () => {
  it('is nothing where probabilities come true, and all where none does', () => {
    expect(calibrationError([scored(1, 1), scored(0, 0)])).toBe(0);
    expect(calibrationError([scored(1, 0), scored(0, 1)])).toBe(1);
    expect(calibrationError([scored(0.5, 1), scored(0.5, 0)])).toBe(0);
    expect(calibrationError([])).toBe(0);
  });

  it('shows how wrong honest answers become where pneumonia is rare', () => {
    const rows = honest(20_000);
    expect(calibrationError(rows)).toBeLessThan(0.02);
    expect(calibrationError(rows, { prior: 0.5 })).toBeLessThan(0.02);
    expect(calibrationError(rows, { prior: 0.05 })).toBeGreaterThan(0.1);
  });

  it('can be taken over bins of as many images each', () => {
    const rows = [0.01, 0.02, 0.03, 0.9, 0.95, 0.99].map((probability) => scored(probability, 1));
    expect(reliability(rows, { bins: 3, by: 'mass' }).map(({ count }) => count)).toEqual([2, 2, 2]);
    expect(reliability(rows, { bins: 3 }).map(({ count }) => count)).toEqual([3, 0, 3]);
  });
});
