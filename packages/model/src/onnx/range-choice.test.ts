import { expect, it } from 'vitest';
import { chooseRange, Histogram } from './range-choice.js';

function histogramOf(values: number[]): Histogram {
  const histogram = new Histogram();
  histogram.widen(Float32Array.from(values));
  histogram.count(Float32Array.from(values));
  return histogram;
}

/** Squared error of rounding to 256 steps between these ends. */
function cost(values: number[], [low, high]: readonly [number, number]): number {
  const step = (high - low) / 255;
  return values.reduce((sum, value) => {
    const byte = Math.min(255, Math.max(0, Math.round((value - low) / step)));
    return sum + (value - (low + byte * step)) ** 2;
  }, 0);
}

const bell = Array.from(
  { length: 200_000 },
  (_, at) => 3 * Math.sin(at * 12.9898) * Math.sin(at * 78.233) ** 2,
);

it('keeps the extremes where values are spread evenly', () => {
  const even = Array.from({ length: 5000 }, (_, at) => at / 1000);
  const [low, high] = chooseRange(histogramOf(even), true);
  expect(low).toBe(0);
  expect(high).toBeGreaterThan(4.8);
});

it('gives up a lone outlier for finer steps, which costs less in all', () => {
  const values = [...bell, 5];
  const range = chooseRange(histogramOf(values), true);
  expect(range[1]).toBeLessThan(4.8);
  expect(cost(values, range)).toBeLessThan(cost(values, [0, 5]));
});

it('always holds zero, which padding needs', () => {
  const [low, high] = chooseRange(histogramOf([2, 3, 4]), false);
  expect(low).toBeLessThanOrEqual(0);
  expect(high).toBeGreaterThan(0);
});
