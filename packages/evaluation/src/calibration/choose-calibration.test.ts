import { normal, seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import { calibrationError } from '../reliability.js';
import { type Answered, withProbabilities } from './answered.js';
import { chooseCalibration } from './choose-calibration.js';
import { fitPlatt, fitTemperature } from './fit.js';

/** Answers whose probabilities come true, then three times too sure, and further up by `offset`. */
function overconfident(count: number, offset = 0): Answered[] {
  const random = seededRandom(9);
  return Array.from({ length: count }, (_, patient) => {
    const honest = 2 * normal(random);
    const label = random() < 1 / (1 + Math.exp(-honest)) ? 1 : 0;
    return { label, logit: 3 * honest + offset, patient: `p${patient}` };
  });
}

describe('calibration', () => {
  it('finds how much too sure the answers are', () => {
    const answers = overconfident(20_000);
    const fitted = fitTemperature(answers);
    expect(fitted.method === 'temperature' && fitted.temperature).toBeCloseTo(3, 0);
    expect(calibrationError(withProbabilities(answers, fitted))).toBeLessThan(0.02);
    expect(calibrationError(withProbabilities(answers, { method: 'identity' }))).toBeGreaterThan(0.1);
  });

  it('finds an offset where there is one, and says which share of pneumonia it assumes', () => {
    const answers = overconfident(4_000, 4);
    const { calibration, choice } = chooseCalibration(answers);
    expect(calibration).toMatchObject({ method: 'platt' });
    if (calibration.method !== 'platt') return;
    expect(calibration.slope).toBeCloseTo(1 / 3, 1);
    expect(calibration.offset).toBeCloseTo(-4 / 3, 0);
    expect(choice.logLoss.platt).toBeLessThan(choice.logLoss.temperature);
    expect(choice.prior).toBeCloseTo(0.5, 1);
    expect(choice.patients).toBe(4_000);
  });

  it('leaves honest answers as they are rather than fit their noise', () => {
    const honest = overconfident(300).map((row) => ({ ...row, logit: row.logit / 3 }));
    const { choice } = chooseCalibration(honest);
    expect(Math.abs(choice.logLoss.identity - choice.logLoss[choice.method])).toBeLessThan(0.005);
  });

  it('weighs patients, not images', () => {
    const answers = overconfident(400);
    const [first, ...others] = answers;
    if (!first) throw new Error('no answers');
    const repeated = [...Array<Answered>(500).fill(first), ...others];
    expect(fitTemperature(repeated)).toEqual(fitTemperature(answers));
    expect(fitPlatt(repeated)).toEqual(fitPlatt(answers));
  });

  it('stays finite where the classes are parted', () => {
    const parted = Array.from({ length: 40 }, (_, index): Answered => {
      const label = index % 2 === 0 ? 0 : 1;
      return { label, logit: label === 1 ? 8 : -8, patient: `p${index}` };
    });
    const fitted = fitPlatt(parted);
    expect(fitted.method === 'platt' && fitted.slope).toBeGreaterThan(0);
    expect(fitted.method === 'platt' && fitted.slope).toBeLessThan(2);
  });
});
