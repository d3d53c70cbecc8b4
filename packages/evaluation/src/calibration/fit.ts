import type { Calibration } from '@lucency/model/card';
import { type Answered, logLoss, patientWeights } from './answered.js';

const bounds = { low: 0.05, high: 20 };

/** The temperature of least cross-entropy (Guo et al. 2017), by golden sections of its logarithm. */
export function fitTemperature(answers: readonly Answered[]): Calibration {
  const golden = (Math.sqrt(5) - 1) / 2;
  const loss = (logarithm: number) =>
    logLoss(answers, { method: 'temperature', temperature: Math.exp(logarithm) });
  let [low, high] = [Math.log(bounds.low), Math.log(bounds.high)];
  while (high - low > 1e-4) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return { method: 'temperature', temperature: Number(Math.exp((low + high) / 2).toFixed(4)) };
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
  let [slope, offset] = [1, 0];
  for (let turn = 0; turn < 50; turn++) {
    const gradient = [0, 0] as [number, number];
    // A little on the diagonal, so that answers that are all alike can be fitted too.
    const curvature = { slope: 1e-9, both: 0, offset: 1e-9 };
    answers.forEach(({ logit, label }, index) => {
      const weight = weights[index] ?? 0;
      const said = 1 / (1 + Math.exp(-(slope * logit + offset)));
      const error = weight * (said - targets[label]);
      gradient[0] += error * logit;
      gradient[1] += error;
      const bend = weight * said * (1 - said);
      curvature.slope += bend * logit * logit;
      curvature.both += bend * logit;
      curvature.offset += bend;
    });
    const determinant = curvature.slope * curvature.offset - curvature.both ** 2;
    const step = {
      slope: (curvature.offset * gradient[0] - curvature.both * gradient[1]) / determinant,
      offset: (curvature.slope * gradient[1] - curvature.both * gradient[0]) / determinant,
    };
    // Far from the optimum Newton's steps overshoot; the loss is convex, so short ones arrive too.
    const shortened = Math.min(1, 1 / Math.max(Math.abs(step.slope), Math.abs(step.offset), 1e-12));
    slope = Math.max(1e-3, slope - shortened * step.slope);
    offset -= shortened * step.offset;
    if (Math.abs(step.slope) + Math.abs(step.offset) < 1e-7) break;
  }
  return { method: 'platt', slope: Number(slope.toFixed(4)), offset: Number(offset.toFixed(4)) };
}
