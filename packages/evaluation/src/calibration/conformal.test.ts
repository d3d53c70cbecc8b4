import { normal, type Random, seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import type { ScoredImage } from '../confusion.js';
import { conformalLevels, measureCoverage } from './conformal.js';

function patients(count: number, random: Random, images = 1): ScoredImage[] {
  return Array.from({ length: count }, (_, patient) => {
    const label = patient % 3 === 0 ? 0 : 1;
    const own = 2 * label - 1 + 1.2 * normal(random);
    return Array.from({ length: images }, (): ScoredImage => {
      const probability = 1 / (1 + Math.exp(-(own + 0.1 * normal(random))));
      return { label, patient: `p${patient}`, probability };
    });
  }).flat();
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('conformal sets', () => {
  it('cover each class as often as promised, over many calibrations', () => {
    const random = seededRandom(2);
    const found = Array.from({ length: 200 }, () => {
      const [level] = conformalLevels(patients(150, random), [0.9]);
      if (!level) throw new Error('no level');
      return measureCoverage(patients(300, random), level);
    });
    const normal = mean(found.map(({ coveredNormal }) => coveredNormal));
    const pneumonia = mean(found.map(({ coveredPneumonia }) => coveredPneumonia));
    for (const covered of [normal, pneumonia]) {
      expect(covered).toBeGreaterThan(0.893);
      expect(covered).toBeLessThan(0.93);
    }
  });

  it('are larger for a higher promise, and then tell less', () => {
    const rows = patients(600, seededRandom(3));
    const [lower, higher] = conformalLevels(rows, [0.9, 0.95]);
    if (!lower || !higher) throw new Error('no levels');
    expect(higher.normalUpTo).toBeGreaterThan(lower.normalUpTo);
    expect(higher.pneumoniaFrom).toBeLessThan(lower.pneumoniaFrom);
    expect(measureCoverage(rows, higher).cannotTell).toBeGreaterThan(measureCoverage(rows, lower).cannotTell);
  });

  it('are of one image a patient, so that a patient of many images does not move them', () => {
    const rows = patients(90, seededRandom(4));
    const [first, ...others] = rows;
    if (!first) throw new Error('no rows');
    const crowd = Array<ScoredImage>(500).fill(first);
    expect(conformalLevels([...crowd, ...others])).toEqual(conformalLevels(rows));
  });

  it('hold both classes when there are too few patients to promise anything', () => {
    const [level] = conformalLevels(patients(9, seededRandom(5)), [0.9]);
    expect(level).toEqual({ coverage: 0.9, normalUpTo: 1, pneumoniaFrom: 0 });
  });
});
