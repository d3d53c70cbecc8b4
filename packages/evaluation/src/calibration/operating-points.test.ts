import { normal, seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import type { ScoredImage } from '../confusion.js';
import { figuresOf } from '../figures.js';
import { chooseOperatingPoints } from './operating-points.js';
import type { ShiftedSet } from './rates-at-thresholds.js';

const few = { resamples: 20 };

/** 200 normals and 400 pneumonias; a shift moves every answer, as a darker exposure may. */
function set(name: string, shift: number, apart = 5, seed = 1): ShiftedSet {
  const random = seededRandom(seed);
  const rows = Array.from({ length: 600 }, (_, patient): ScoredImage => {
    const label = patient % 3 === 0 ? 0 : 1;
    const logit = (label - 0.5) * apart + normal(random) + shift;
    return { label, patient: `p${patient}`, probability: 1 / (1 + Math.exp(-logit)) };
  });
  return { name, rows };
}

const worstOf = (sets: readonly ShiftedSet[], threshold: number, rate: 'sensitivity' | 'specificity') =>
  Math.min(...sets.map(({ rows }) => figuresOf(rows, threshold)[rate]));

describe('operating points', () => {
  const sets = [set('plain', 0), set('dark', 1), set('bright', -0.6)] as const;
  const [screening, balanced, ruleIn] = chooseOperatingPoints(sets, few);

  it('hold what they promise on every set where that can be', () => {
    expect([screening, balanced, ruleIn].map((point) => point?.purpose)).toEqual([
      'screening',
      'balanced',
      'rule-in',
    ]);
    if (!screening || !ruleIn) throw new Error('points are missing');
    expect(screening.shortfall).toBe(0);
    expect(worstOf(sets, screening.threshold, 'sensitivity')).toBeGreaterThanOrEqual(0.98);
    // The next threshold that would call fewer pneumonia breaks it: the specificity is the highest.
    expect(worstOf(sets, screening.threshold + 0.02, 'sensitivity')).toBeLessThan(0.98);
    expect(screening.worstSet).toBe('bright');
    expect(worstOf(sets, ruleIn.threshold, 'specificity')).toBeGreaterThanOrEqual(0.98);
    expect(ruleIn.worstSet).toBe('dark');
    expect(screening.threshold).toBeLessThan(ruleIn.threshold);
  });

  it('weigh both errors alike on the worst set, wherever the others would have it', () => {
    const halfSum = (threshold: number) =>
      Math.min(
        ...sets.map(({ rows }) => {
          const { sensitivity, specificity } = figuresOf(rows, threshold);
          return (sensitivity + specificity) / 2;
        }),
      );
    const chosen = halfSum(balanced?.threshold ?? 0);
    for (let threshold = 0.01; threshold < 1; threshold += 0.01)
      expect(halfSum(threshold)).toBeLessThanOrEqual(chosen + 1e-9);
    const alone = chooseOperatingPoints([sets[0]], few)[1];
    expect(balanced?.threshold).not.toBeCloseTo(alone?.threshold ?? 0, 2);
  });

  it('keep plain patients in sight when one set is hopeless', () => {
    const odd = chooseOperatingPoints([set('plain', 0), set('hopeless', 6, 0)], few);
    for (const point of odd) {
      expect(point.plain.sensitivity.value).toBeGreaterThanOrEqual(0.8);
      if (point.purpose !== 'rule-in') expect(point.plain.specificity.value).toBeGreaterThanOrEqual(0.8);
    }
    const missed = odd.find(({ purpose }) => purpose === 'rule-in');
    expect(missed?.shortfall).toBeGreaterThan(0.5);
    expect(missed?.worstSet).toBe('hopeless');
  });

  it('take a series of normals alone as a set', () => {
    const normals = { name: 'series', rows: set('', 1.5).rows.filter(({ label }) => label === 0) };
    const points = chooseOperatingPoints([set('plain', 0), normals], few);
    expect(points.find(({ purpose }) => purpose === 'rule-in')?.worstSet).toBe('series');
  });
});
