import { seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import { confusionAt, rates, type Scored } from './confusion.js';
import { areaUnderRoc, Ranking } from './ranking.js';

const rows: Scored[] = [
  { label: 1, probability: 0.9 },
  { label: 1, probability: 0.8 },
  { label: 0, probability: 0.7 },
  { label: 1, probability: 0.6 },
  { label: 0, probability: 0.2 },
];

describe('the figures', () => {
  it('count an answer at the threshold as pneumonia', () => {
    expect(confusionAt(rows, 0.8)).toEqual({ tp: 2, fp: 0, tn: 2, fn: 1 });
    expect(rates(confusionAt(rows, 0.6))).toMatchObject({
      sensitivity: 1,
      specificity: 0.5,
      precision: 0.75,
    });
  });

  it('have an area equal to the share of pairs in the right order, ties counting a half', () => {
    const random = seededRandom(5);
    const many: Scored[] = Array.from({ length: 300 }, () => {
      const label = random() < 0.4 ? 1 : 0;
      return { label, probability: Math.round(10 * (0.3 * label + 0.7 * random())) / 10 };
    });
    const positives = many.filter(({ label }) => label === 1);
    const negatives = many.filter(({ label }) => label === 0);
    const won = positives.flatMap((a) =>
      negatives.map((b) => (Math.sign(a.probability - b.probability) + 1) / 2),
    );
    expect(areaUnderRoc(many)).toBeCloseTo(won.reduce((sum, win) => sum + win, 0) / won.length, 10);
  });

  it('are those of repeated rows where rows weigh more than one', () => {
    const weights = [2, 0, 1, 3, 1];
    const repeated = rows.flatMap((row, index) => Array<Scored>(weights[index] ?? 0).fill(row));
    expect(new Ranking(rows).area(weights)).toBeCloseTo(areaUnderRoc(repeated), 12);
    expect(confusionAt(rows, 0.65, weights)).toEqual(confusionAt(repeated, 0.65));
  });

  it('draw curves from corner to corner', () => {
    const ranking = new Ranking(rows);
    expect(ranking.roc().at(0)).toEqual({ x: 0, y: 0 });
    expect(ranking.roc().at(-1)).toEqual({ x: 1, y: 1 });
    expect(ranking.precisionRecall().at(-1)).toEqual({ x: 1, y: 3 / 5 });
  });

  it('stay numbers when a class is missing or nothing was read', () => {
    for (const few of [[], rows.slice(0, 2)]) {
      const figures = { ...rates(confusionAt(few, 0.5)), auc: areaUnderRoc(few) };
      for (const value of Object.values(figures)) expect(value).toBeGreaterThanOrEqual(0);
    }
  });
});
