import { type Calibration, calibratedLogOdds } from '@lucency/model/card';
import { type Answered, patientWeights } from '../calibration/answered.js';
import { fitLine } from '../calibration/fit-line.js';

/**
 * How far another site is expected to lie from the card's calibration: standard deviations of the slope around 1 and of
 * the shift, in log-odds. Hospitals differ in the shift above all. The strength is that of docs/clinical/acceptance.md,
 * where it is measured.
 */
export const siteSpread = { slope: 0.5, shift: 3 } as const;

/** Platt's, as the card spells it. */
export type PlattCalibration = Extract<Calibration, { method: 'platt' }>;

/** A line in the card's log-odds, which gives the log of the likelihood ratio: odds at a prevalence of one half. */
export interface SiteCalibration {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Platt's line (1999) for one site, shrunk towards the card's. With x the card's log-odds, m their mean over the cases
 * (classes weighing alike) and s(x) = m + c + a (x - m), it is the most probable (a, c) under a ~ N(1, .5²) and
 * c ~ N(0, 3²):
 *
 *   minimise  sum w log(1 + exp(-y s(x)))  +  (a - 1)² / (2 · .5²)  +  c² / (2 · 3²),   y = 1 or -1
 *
 * Patients weigh alike within their class and classes weigh alike, as many as there are patients in all, so that the
 * share of pneumonia among the cases leaves no trace. Without cases it is the card's line; with many the prior vanishes.
 */
export function fitSite(
  answers: readonly Answered[],
  card: Calibration,
  spread: { readonly slope: number; readonly shift: number } = siteSpread,
): SiteCalibration {
  const weights = balancedWeights(answers);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const logOdds = answers.map(({ logit }) => calibratedLogOdds(logit, card));
  const middle = logOdds.reduce((sum, x, at) => sum + x * (weights[at] ?? 0), 0) / Math.max(total, 1e-9);
  const points = answers.map(({ label }, at) => ({
    x: (logOdds[at] ?? 0) - middle,
    target: label,
    weight: weights[at] ?? 0,
  }));
  const { slope, offset } = fitLine(points, {
    around: { slope: 1, offset: middle },
    prior: { slope: 1 / spread.slope ** 2, offset: 1 / spread.shift ** 2 },
    ridge: 0,
    leastSlope,
    turns: 100,
    arrived: 1e-9,
  });
  return { slope, offset: offset - slope * middle };
}

/** A model that ranks a site's cases the wrong way round is not turned round: it is of no use there. */
const leastSlope = 0.05;

/** Platt's line as it is without a card: nearly no prior. */
export const withoutCard = { slope: 100, shift: 100 } as const;

/** As the card spells calibrations: of the network's logit, at this prevalence. */
export function atPrevalence(site: SiteCalibration, card: Calibration, prevalence: number): PlattCalibration {
  const origin = calibratedLogOdds(0, card);
  return {
    method: 'platt',
    slope: site.slope * (calibratedLogOdds(1, card) - origin),
    offset: site.slope * origin + site.offset + logOdds(prevalence),
  };
}

export function logOdds(share: number): number {
  return Math.log(share) - Math.log1p(-share);
}

function balancedWeights(answers: readonly Answered[]): Float64Array {
  const own = patientWeights(answers);
  const ofClass = [0, 1].map((label) =>
    answers.reduce((sum, row, at) => sum + (row.label === label ? (own[at] ?? 0) : 0), 0),
  );
  const total = ofClass.reduce((sum, weight) => sum + weight, 0);
  return own.map(
    (weight, at) => (weight * total) / (2 * Math.max(1e-9, ofClass[answers[at]?.label ?? 0] ?? 0)),
  );
}
