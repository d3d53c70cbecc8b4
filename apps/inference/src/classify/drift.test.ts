import { describe, expect, it } from 'vitest';
import { ScoreDrift } from './drift.js';

const reference = [
  { from: 0, to: 0.1, count: 300 },
  { from: 0.5, to: 0.6, count: 100 },
  { from: 0.9, to: 1, count: 600 },
];

function after(scores: Record<number, number>): number | null {
  const drift = new ScoreDrift(reference);
  for (const [probability, count] of Object.entries(scores)) {
    for (let index = 0; index < count; index += 1) drift.add(Number(probability));
  }
  return drift.index();
}

describe('the drift of scores', () => {
  it('is nothing while readings fall as the report says, a certain one too', () => {
    expect(after({ 0.05: 60, 0.55: 20, 0.95: 60, 1: 60 })).toBe(0);
  });

  it('is the population stability index of both histograms', () => {
    // (.6 - .3) ln 2 + (.3 - .6) ln .5, the middle bin the same.
    expect(after({ 0.05: 120, 0.55: 20, 0.95: 60 })).toBeCloseTo(0.6 * Math.log(2), 10);
  });

  it('sees scores where the report has none', () => {
    expect(after({ 0.05: 60, 0.55: 20, 0.95: 60, 0.3: 60 })).toBeGreaterThan(0.25);
  });

  it('says nothing after a few readings', () => {
    expect(after({ 0.05: 199 })).toBeNull();
  });

  it('forgets all but the last thousand readings', () => {
    expect(after({ 0.3: 500, 0.05: 300, 0.55: 100, 0.95: 600 })).toBe(0);
  });
});
