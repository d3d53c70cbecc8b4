import type { Calibration, ConformalLevel, ModelCard } from './model-card.js';

export type Decision = 'NORMAL' | 'PNEUMONIA';

export interface Verdict {
  /** Calibrated, in [0, 1]. */
  readonly probability: number;
  readonly threshold: number;
  readonly decision: Decision;
}

export function decide(logit: number, card: Pick<ModelCard, 'calibration' | 'threshold'>): Verdict {
  const probability = calibrate(logit, card.calibration);
  const decision = probability >= card.threshold ? 'PNEUMONIA' : 'NORMAL';
  return { probability, threshold: card.threshold, decision };
}

/** Platt 1999; temperature scaling after Guo et al. 2017. */
export function calibrate(logit: number, calibration: Calibration): number {
  switch (calibration.method) {
    case 'identity':
      return sigmoid(logit);
    case 'temperature':
      return sigmoid(logit / calibration.temperature);
    case 'platt':
      return sigmoid(calibration.slope * logit + calibration.offset);
  }
}

/** What may be claimed of a patient like those the model was calibrated on. */
export type Claim = Decision | 'CANNOT_TELL';

/** The only class in the conformal set; a set of both or of none tells nothing. */
export function claim(probability: number, level: ConformalLevel): Claim {
  const normal = probability <= level.normalUpTo;
  const pneumonia = probability >= level.pneumoniaFrom;
  if (normal === pneumonia) return 'CANNOT_TELL';
  return normal ? 'NORMAL' : 'PNEUMONIA';
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** False without an age: an unknown age is not known to lie in the range the model was trained on. */
export function ageWithinRange(card: Pick<ModelCard, 'ageRangeMonths'>, months: number | null): boolean {
  return months !== null && months >= card.ageRangeMonths.from && months <= card.ageRangeMonths.to;
}
