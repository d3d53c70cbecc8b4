import type { Calibration } from '@lucency/model/card';
import { type Answered, logLoss, patientWeights } from './answered.js';
import { fitLine } from './fit-line.js';

const bounds = { low: 0.05, high: 20 };

/** The temperature of least cross-entropy (Guo et al. 2017). */
export function fitTemperature(answers: readonly Answered[]): Calibration {
  const temperature = leastTemperature(
    (candidate) => logLoss(answers, { method: 'temperature', temperature: candidate }),
    bounds,
  );
  return { method: 'temperature', temperature: Number(temperature.toFixed(4)) };
}

/** Where a loss with one minimum between the bounds has it, by golden sections of the temperature's logarithm. */
export function leastTemperature(
  loss: (temperature: number) => number,
  { low: least, high: most }: { readonly low: number; readonly high: number },
): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(least), Math.log(most)];
  while (high - low > 1e-4) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(Math.exp(a)) < loss(Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/**
 * Slope and offset of least cross-entropy (Platt 1999), with his softened targets, which keep the slope finite where
 * the classes can be parted; by Newton's method. The offset holds the share of pneumonia among these patients: at
 * another share it lies off by the difference of the log odds.
 */
export function fitPlatt(answers: readonly Answered[]): Calibration {
  const weights = patientWeights(answers);
  const weightOf = (label: number) =>
    answers.reduce((sum, row, index) => sum + (row.label === label ? (weights[index] ?? 0) : 0), 0);
  const targets = [1 / (weightOf(0) + 2), (weightOf(1) + 1) / (weightOf(1) + 2)] as const;
  const { slope, offset } = fitLine(
    answers.map(({ logit, label }, index) => ({
      x: logit,
      target: targets[label],
      weight: weights[index] ?? 0,
    })),
    {
      around: { slope: 1, offset: 0 },
      prior: { slope: 0, offset: 0 },
      ridge: 1e-9,
      leastSlope: 1e-3,
      turns: 50,
      arrived: 1e-7,
    },
  );
  return { method: 'platt', slope: Number(slope.toFixed(4)), offset: Number(offset.toFixed(4)) };
}
