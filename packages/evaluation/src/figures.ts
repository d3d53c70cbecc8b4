import type { Figures, FiguresOnSet, Interval } from '@lucency/model/card';
import { bootstrapIntervals, countPatients, type Resampling } from '@lucency/statistics';
import { confusionAt, rates, type Scored, type ScoredImage } from './confusion.js';
import { Ranking, type Weights } from './ranking.js';
import { meanGap, reliability, shareWithPneumonia } from './reliability.js';

/** Every figure at a threshold of the calibrated probability. */
export function figuresOf(rows: readonly Scored[], threshold: number): Figures {
  return figuresFrom(rows, new Ranking(rows), threshold);
}

function figuresFrom(
  rows: readonly Scored[],
  ranking: Ranking,
  threshold: number,
  weights?: Weights,
): Figures {
  return {
    auc: ranking.area(weights),
    ...rates(confusionAt(rows, threshold, weights)),
    ece: meanGap(reliability(rows, {}, weights)),
  };
}

/**
 * The same with 95 % intervals over patients. The interval of the calibration error lies rather high: a resample
 * repeats patients, which adds to the error of every bin.
 */
export function figuresWithIntervals(
  rows: readonly ScoredImage[],
  threshold: number,
  resampling: Resampling = {},
): FiguresOnSet {
  const ranking = new Ranking(rows);
  const patients = countPatients(rows);
  const point = figuresFrom(rows, ranking, threshold);
  const names = Object.keys(point) as (keyof Figures)[];
  const bounds = bootstrapIntervals(
    rows,
    (weights) => {
      const figures = figuresFrom(rows, ranking, threshold, weights);
      return names.map((name) => figures[name]);
    },
    resampling,
  );
  const [normals, positives] = [0, 1].map((label) =>
    countPatients(rows.filter((row) => row.label === label)),
  );
  const trials: Partial<Record<keyof Figures, number>> = {
    accuracy: patients,
    sensitivity: positives ?? 0,
    specificity: normals ?? 0,
  };
  const interval = (name: keyof Figures): Interval =>
    widened(point[name], bounds[names.indexOf(name)], trials[name]);
  return {
    images: rows.length,
    patients,
    prior: rounded(shareWithPneumonia(rows)),
    intervals: {
      auc: interval('auc'),
      accuracy: interval('accuracy'),
      sensitivity: interval('sensitivity'),
      specificity: interval('specificity'),
      precision: interval('precision'),
      f1: interval('f1'),
      ece: interval('ece'),
    },
  };
}

/**
 * Where nobody was answered wrongly, no resample can be: there the bound is the exact one for as many patients
 * (Clopper and Pearson 1934), or the interval would claim certainty.
 */
function widened(value: number, bounds: { low: number; high: number } | undefined, patients = 0): Interval {
  const { low, high } = bounds ?? { low: value, high: value };
  const exact = 0.025 ** (1 / patients);
  return {
    value: rounded(value),
    low: rounded(value === 1 && patients > 0 ? Math.min(low, exact) : low),
    high: rounded(value === 0 && patients > 0 ? Math.max(high, 1 - exact) : high),
  };
}

/** To five decimals, as reports and cards hold figures; what no resample could tell is 0. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1e5) / 1e5 : 0;
}
