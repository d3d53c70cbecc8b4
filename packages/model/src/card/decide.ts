import type { Calibration, ConformalLevel, ModelCard } from './model-card.js';

export type Decision = 'NORMAL' | 'PNEUMONIA';

export interface Verdict {
  /** Calibrated, in [0, 1]. */
  readonly probability: number;
  readonly threshold: number;
  readonly decision: Decision;
  /** One for each coverage the card has sets for, the most cautious first. */
  readonly claims: CoveredClaim[];
}

/** A claim, and for what share of patients like those of the calibration it does not leave out the truth. */
export interface CoveredClaim {
  readonly coverage: number;
  readonly says: Claim;
  /** The data set whose patients it was promised to; null of a card that does not say. */
  readonly source: string | null;
}

/** What of a card decides; without conformal sets nothing is claimed. */
export type Deciding = Pick<ModelCard, 'calibration' | 'threshold'> & Partial<Pick<ModelCard, 'conformal'>>;

export function decide(logit: number, { calibration, threshold, conformal = [] }: Deciding): Verdict {
  const probability = calibrate(logit, calibration);
  const decision = probability >= threshold ? 'PNEUMONIA' : 'NORMAL';
  const claims = conformal
    .map((level) => ({
      coverage: level.coverage,
      says: claim(probability, level),
      source: level.source ?? null,
    }))
    .sort((one, other) => other.coverage - one.coverage);
  return { probability, threshold, decision, claims };
}

/** Probability of pneumonia. */
export function calibrate(logit: number, calibration: Calibration): number {
  return 1 / (1 + Math.exp(-calibratedLogOdds(logit, calibration)));
}

/** Platt 1999; temperature scaling after Guo et al. 2017. @returns natural logarithm of the odds of pneumonia. */
export function calibratedLogOdds(logit: number, calibration: Calibration): number {
  switch (calibration.method) {
    case 'identity':
      return logit;
    case 'temperature':
      return logit / calibration.temperature;
    case 'platt':
      return calibration.slope * logit + calibration.offset;
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

/** False without an age: an unknown age is not known to lie in the range the model was trained on. */
export function ageWithinRange(card: Pick<ModelCard, 'ageRangeMonths'>, months: number | null): boolean {
  return months !== null && months >= card.ageRangeMonths.from && months <= card.ageRangeMonths.to;
}
