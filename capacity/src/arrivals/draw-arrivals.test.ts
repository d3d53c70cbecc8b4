import { seededRandom } from '@lucency/statistics';
import { expect, it } from 'vitest';
import { readBurst } from './burst.js';
import { drawArrivals } from './draw-arrivals.js';

const day = { studiesPerDay: 40_000, bursts: [], statShare: 0.1, from: 0, until: 86_400 };
const between = (arrivals: readonly { time: number }[], from: number, until: number) =>
  arrivals.filter(({ time }) => time >= from && time < until).length;

it('draws as many studies as a day has, most of them in the morning, few at night', () => {
  const arrivals = drawArrivals(day, seededRandom(1));
  // Four deviations of a Poisson number.
  expect(Math.abs(arrivals.length - 40_000)).toBeLessThan(4 * Math.sqrt(40_000));
  expect(between(arrivals, 10 * 3600, 11 * 3600)).toBeGreaterThan(8 * between(arrivals, 2 * 3600, 3 * 3600));
  const stat = arrivals.filter(({ priority }) => priority === 'STAT').length;
  expect(stat / arrivals.length).toBeCloseTo(0.1, 2);
});

it('draws a burst within its minutes, on top of the day', () => {
  const arrivals = drawArrivals(
    { ...day, studiesPerDay: 0, bursts: [readBurst('6000@10:30/10')] },
    seededRandom(1),
  );
  expect(arrivals).toHaveLength(6000);
  expect(between(arrivals, 10.5 * 3600, 10.5 * 3600 + 600)).toBe(6000);
});

it('refuses a burst that nobody can read', () => {
  expect(() => readBurst('many at ten')).toThrow('6000@10:30/10');
});
