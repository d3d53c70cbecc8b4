import { bootstrapIntervals, normal, seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import type { ScoredImage } from './confusion.js';
import { figuresWithIntervals } from './figures.js';

/** `copies` images of each patient that are all answered alike. */
function answers(patients: number, copies: number, seed = 11): ScoredImage[] {
  const random = seededRandom(seed);
  return Array.from({ length: patients }, (_, patient) => {
    const label = patient % 4 === 0 ? 0 : 1;
    const probability = 1 / (1 + Math.exp(-(2 * label - 1 + 1.5 * normal(random))));
    return Array.from(
      { length: copies },
      (): ScoredImage => ({ label, probability, patient: `p${patient}` }),
    );
  }).flat();
}

const width = ({ low, high }: { low: number; high: number }) => high - low;

describe('intervals', () => {
  it('are no narrower for more images of the same patients', () => {
    const [once, fiveTimes] = [1, 5].map(
      (copies) => figuresWithIntervals(answers(80, copies), 0.5).intervals,
    );
    if (!once || !fiveTimes) throw new Error('nothing measured');
    for (const name of ['auc', 'accuracy', 'sensitivity', 'specificity'] as const)
      expect(width(fiveTimes[name])).toBeCloseTo(width(once[name]), 2);
    const morePatients = figuresWithIntervals(answers(400, 1), 0.5).intervals;
    expect(width(morePatients.accuracy)).toBeLessThan(0.6 * width(once.accuracy));
  });

  it('hold the true value about as often as they say', () => {
    const truth = figuresWithIntervals(answers(20_000, 1, 1), 0.5, { resamples: 2 }).intervals.auc.value;
    const held = Array.from({ length: 100 }, (_, turn) => {
      const { low, high } = figuresWithIntervals(answers(120, 2, turn + 2), 0.5, { resamples: 200 }).intervals
        .auc;
      return low <= truth && truth <= high;
    }).filter(Boolean).length;
    expect(held).toBeGreaterThanOrEqual(87);
  });

  it('are the same for the same seed, and have both classes in every resample', () => {
    const rows = answers(12, 1);
    const one = figuresWithIntervals(rows, 0.5, { seed: 4 });
    expect(figuresWithIntervals(rows, 0.5, { seed: 4 })).toEqual(one);
    expect(figuresWithIntervals(rows, 0.5, { seed: 5 })).not.toEqual(one);
    const [normals] = bootstrapIntervals(rows, (weights) => [
      rows.reduce((sum, { label }, index) => sum + (1 - label) * (weights[index] ?? 0), 0),
    ]);
    expect(normals).toEqual({ low: 3, high: 3 });
  });

  it('claim no certainty where nobody was answered wrongly', () => {
    const perfect = answers(40, 1).map((row): ScoredImage => ({ ...row, probability: row.label }));
    const { specificity, sensitivity } = figuresWithIntervals(perfect, 0.5).intervals;
    // Ten normals, none wrong: Clopper and Pearson's lower bound.
    expect(specificity).toEqual({ value: 1, low: 0.6915, high: 1 });
    expect(sensitivity.low).toBeGreaterThan(0.88);
  });
});
