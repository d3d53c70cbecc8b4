import { normal, type Random, seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import type { Answered } from '../calibration/answered.js';
import { callsAt, crossFit } from './cross-fit.js';
import { exactRates } from './rates.js';
import { askedByDefault as asked, needed, refit } from './refit.js';

const card = { method: 'identity' } as const;

function cases(pneumonias: number, normals: number, random: Random = seededRandom(1), apart = 3): Answered[] {
  return Array.from({ length: pneumonias + normals }, (_, patient) => {
    const label = patient < pneumonias ? 1 : 0;
    return { label, logit: (label - 0.5) * apart + normal(random), patient: `p${patient}` };
  });
}

const sensitivityOf = (answers: readonly Answered[], threshold: number) => {
  const own = answers.filter(({ label }) => label === 1);
  return own.filter(({ logit }) => logit >= threshold).length / own.length;
};

describe('refitted operating points', () => {
  it('say that twenty cases cannot promise what was asked, and how many could', () => {
    const { promised, thresholds } = refit(cases(10, 10), card, asked);
    expect(promised.screening).toMatchObject({ asked: 0.95, patients: 10, needed: 59 });
    expect(promised.screening?.atLeast).toBeCloseTo(0.741, 3);
    expect(sensitivityOf(cases(10, 10), thresholds.screening)).toBe(1);
    expect(promised.balanced).toBeNull();
  });

  it('promise it from as many patients on as they say, and miss some where there are more', () => {
    const [enough, fewer] = [needed(0.95), needed(0.95) - 1].map((count) =>
      refit(cases(count, 20), card, asked),
    );
    expect(enough?.promised.screening?.atLeast).toBeGreaterThanOrEqual(0.95);
    expect(fewer?.promised.screening?.atLeast).toBeLessThan(0.95);
    const many = cases(400, 20);
    expect(sensitivityOf(many, refit(many, card, asked).thresholds.screening)).toBeLessThan(1);
  });

  it('keep the promise at 19 of 20 sites, for new patients', () => {
    const random = seededRandom(3);
    const population = cases(20_000, 0, random);
    const kept = Array.from({ length: 300 }, () => {
      const { thresholds } = refit([...cases(80, 4, random)], card, asked);
      return sensitivityOf(population, thresholds.screening) >= 0.95;
    });
    expect(kept.filter(Boolean).length / kept.length).toBeGreaterThan(0.93);
  });

  it('call no normal of the cases pneumonia to rule in while few are there', () => {
    const answers = cases(10, 10);
    const { thresholds } = refit(answers, card, asked);
    const called = answers.filter(({ logit, label }) => label === 0 && callsAt(logit, thresholds)['rule-in']);
    expect(called).toEqual([]);
  });

  it('are judged on patients who did not choose them', () => {
    const answers = cases(10, 10);
    const unseen = crossFit(answers, card, asked);
    const judged = exactRates(
      answers.map((row, at) => ({ ...row, called: unseen[at]?.called.screening ?? true })),
    );
    // On its own cases the threshold of screening misses nobody, whatever they are.
    expect(judged.sensitivity.value).toBeLessThan(1);
  });

  it('find nothing where there is nothing to find', () => {
    const random = seededRandom(5);
    const halves = Array.from({ length: 40 }, () => {
      const answers = cases(15, 15, random, 0);
      const unseen = crossFit(answers, card, asked);
      const { sensitivity, specificity } = exactRates(
        answers.map((row, at) => ({ ...row, called: unseen[at]?.called.balanced ?? false })),
      );
      return (sensitivity.value + specificity.value) / 2;
    });
    expect(halves.reduce((sum, value) => sum + value, 0) / halves.length).toBeLessThan(0.53);
  });
});
