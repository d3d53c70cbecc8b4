import { normal, seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import type { Answered } from '../calibration/answered.js';
import { atPrevalence, fitSite } from './site-calibration.js';

const card = { method: 'platt', slope: 1.3, offset: 0.9 } as const;

/** Cases whose likelihood ratio is that of the logit moved by `shift`; the card calls them all too high. */
function cases(pneumonias: number, normals: number, shift = 4, seed = 1): Answered[] {
  const random = seededRandom(seed);
  return Array.from({ length: pneumonias + normals }, (_, patient) => {
    const label = patient < pneumonias ? 1 : 0;
    const honest = 2 * (2 * label - 1) + 2 * normal(random);
    return { label, logit: (honest + shift - card.offset) / card.slope, patient: `p${patient}` };
  });
}

describe("a site's calibration", () => {
  it("is the card's as long as there is no case", () => {
    const fitted = fitSite([], card);
    expect(fitted.slope).toBeCloseTo(1);
    expect(fitted.offset).toBeCloseTo(0);
    const asWas = atPrevalence(fitted, card, 0.5);
    expect(asWas).toEqual({ method: 'platt', slope: expect.closeTo(1.3), offset: expect.closeTo(0.9) });
  });

  it("is the site's own with many", () => {
    const fitted = fitSite(cases(2_000, 2_000), card);
    expect(fitted.slope).toBeCloseTo(1, 1);
    expect(fitted.offset).toBeCloseTo(-4, 0);
  });

  it('bears no trace of the share of pneumonia among the cases, and takes the prevalence', () => {
    const [even, rare] = [fitSite(cases(2_000, 2_000), card), fitSite(cases(400, 4_000), card)];
    expect(rare.offset).toBeCloseTo(even.offset, 0);
    const [half, tenth] = [0.5, 0.1].map((prevalence) => atPrevalence(even, card, prevalence));
    expect((half?.offset ?? 0) - (tenth?.offset ?? 0)).toBeCloseTo(Math.log(9));
  });

  it("lies nearer to the truth with few cases than the card's, and than a line that knows nothing of it", () => {
    const free = { slope: 100, shift: 100 };
    const off = (of: (answers: Answered[]) => { slope: number; offset: number }) =>
      Array.from({ length: 60 }, (_, seed) => of(cases(5, 5, 4, seed)))
        .map(({ slope, offset }) => Math.abs(slope * 4 + offset) + Math.abs(slope - 1))
        .reduce((sum, value) => sum + value, 0);
    expect(off((answers) => fitSite(answers, card))).toBeLessThan(off(() => ({ slope: 1, offset: 0 })));
    expect(off((answers) => fitSite(answers, card))).toBeLessThan(
      off((answers) => fitSite(answers, card, free)),
    );
  });

  it('weighs patients, not images', () => {
    const [first, ...others] = cases(20, 20);
    if (!first) throw new Error('no cases');
    const repeated = fitSite([...Array<Answered>(50).fill(first), ...others], card);
    expect(repeated.offset).toBeCloseTo(fitSite([first, ...others], card).offset, 6);
  });
});
