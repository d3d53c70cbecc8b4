import { describe, expect, it } from 'vitest';
import { exactInterval, exactLowerBound, mostFailures } from './exact-binomial.js';

describe('exact bounds of a share', () => {
  it('are those of the tables', () => {
    // R: binom.test(8, 10)$conf.int, binom.test(0, 10)$conf.int, binom.test(81, 263)$conf.int
    const expected = [
      [8, 10, 0.4439, 0.9748],
      [0, 10, 0, 0.3085],
      [81, 263, 0.2527, 0.3676],
    ] as const;
    for (const [count, of, low, high] of expected) {
      expect(exactInterval(count, of).low).toBeCloseTo(low, 4);
      expect(exactInterval(count, of).high).toBeCloseTo(high, 4);
    }
  });

  it('promise 95 % only after 59 successes without a failure', () => {
    expect(exactLowerBound(58, 58)).toBeLessThan(0.95);
    expect(exactLowerBound(59, 59)).toBeGreaterThan(0.95);
    expect(exactLowerBound(10, 10)).toBeCloseTo(0.741, 3);
  });

  it('say how many failures a promise bears', () => {
    expect([58, 59, 92, 93, 124, 208].map((of) => mostFailures(of, 0.95))).toEqual([null, 0, 0, 1, 2, 5]);
    expect(mostFailures(0, 0.95)).toBeNull();
    for (const of of [100, 613, 5_000]) {
      const most = mostFailures(of, 0.9) ?? -1;
      expect(exactLowerBound(of - most, of)).toBeGreaterThanOrEqual(0.9);
      expect(exactLowerBound(of - most - 1, of)).toBeLessThan(0.9);
    }
  });

  it('take shares of a patient at their worst', () => {
    expect(exactInterval(2.5, 4)).toEqual({ low: exactInterval(2, 4).low, high: exactInterval(3, 4).high });
  });

  it('promise nothing of nothing', () => {
    expect(exactInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
