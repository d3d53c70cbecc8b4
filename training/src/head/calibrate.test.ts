import { describe, expect, it } from 'vitest';
import { calibrationError } from '../evaluation/metrics.js';
import { normal, seededRandom } from '../random.js';
import { type Answered, chooseThreshold, fitTemperature, withProbabilities } from './calibrate.js';

/** Answers whose probabilities come true, then three times too sure. */
function overconfident(count: number): Answered[] {
  const random = seededRandom(9);
  return Array.from({ length: count }, () => {
    const honest = 2 * normal(random);
    return { label: random() < 1 / (1 + Math.exp(-honest)) ? 1 : 0, logit: 3 * honest };
  });
}

describe('calibration', () => {
  it('finds how much too sure the answers are', () => {
    const answers = overconfident(20_000);
    const temperature = fitTemperature(answers);
    expect(temperature).toBeGreaterThan(2.8);
    expect(temperature).toBeLessThan(3.2);
    expect(calibrationError(withProbabilities(answers, temperature))).toBeLessThan(0.02);
    expect(calibrationError(withProbabilities(answers, 1))).toBeGreaterThan(0.1);
  });
});

describe('the threshold', () => {
  it('parts the classes where they can be parted', () => {
    const rows = [0.1, 0.2, 0.3].map((probability) => ({ label: 0 as const, probability }));
    expect(
      chooseThreshold([...rows, { label: 1, probability: 0.4 }, { label: 1, probability: 0.9 }]),
    ).toBeCloseTo(0.35);
  });

  it('weighs both classes alike however many images each has', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      label: 1 as const,
      probability: 0.5 + index / 250,
    }));
    expect(chooseThreshold([...many, { label: 0, probability: 0.52 }])).toBeGreaterThan(0.52);
  });
});
