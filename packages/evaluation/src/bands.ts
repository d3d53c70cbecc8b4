import type { BandPoint, ReliabilityWithInterval } from '@lucency/model/card';
import { bootstrapIntervals, type Resampling } from '@lucency/statistics';
import type { ScoredImage } from './confusion.js';
import { rounded } from './figures.js';
import { type CurvePoint, Ranking } from './ranking.js';
import { type ReliabilityBin, reliability } from './reliability.js';

/** Places across at which curves are read: half a percent apart. */
const places = Array.from({ length: 201 }, (_, index) => index / 200);

/** Sensitivity at each false positive rate, with its 95 % interval over patients. */
export function rocBand(rows: readonly ScoredImage[], resampling?: Resampling): BandPoint[] {
  const ranking = new Ranking(rows);
  return bandOf(rows, (weights) => highestUpTo(ranking.roc(weights)), resampling);
}

/** Precision at each sensitivity, with its 95 % interval over patients. */
export function precisionRecallBand(rows: readonly ScoredImage[], resampling?: Resampling): BandPoint[] {
  const ranking = new Ranking(rows);
  return bandOf(rows, (weights) => highestFrom(ranking.precisionRecall(weights)), resampling);
}

function bandOf(
  rows: readonly ScoredImage[],
  heights: (weights?: Float64Array) => number[],
  resampling?: Resampling,
): BandPoint[] {
  const bounds = bootstrapIntervals(rows, heights, resampling);
  return heights().map((y, index) => ({
    x: places[index] ?? 1,
    y: rounded(y),
    low: rounded(bounds[index]?.low ?? y),
    high: rounded(bounds[index]?.high ?? y),
  }));
}

/** At each place the best that a threshold gives without going beyond it. */
function highestUpTo(curve: readonly CurvePoint[]): number[] {
  let [next, highest] = [0, 0];
  return places.map((place) => {
    for (; (curve[next]?.x ?? 2) <= place + 1e-9; next++) highest = Math.max(highest, curve[next]?.y ?? 0);
    return highest;
  });
}

/** At each place the best that a threshold gives without falling short of it. */
function highestFrom(curve: readonly CurvePoint[]): number[] {
  let [next, highest] = [curve.length - 1, 0];
  return places
    .toReversed()
    .map((place) => {
      for (; (curve[next]?.x ?? -1) >= place - 1e-9; next--) highest = Math.max(highest, curve[next]?.y ?? 0);
      return highest;
    })
    .reverse();
}

/** Ten bins of equal width; the interval is of the share with pneumonia. Empty bins are left out. */
export function reliabilityWithIntervals(
  rows: readonly ScoredImage[],
  resampling?: Resampling,
): ReliabilityWithInterval[] {
  const bounds = bootstrapIntervals(
    rows,
    (weights) =>
      reliability(rows, {}, weights).map(({ count, observedRate }) =>
        count > 0 ? observedRate : Number.NaN,
      ),
    resampling,
  );
  const withInterval = (
    { from, to, count, meanProbability, observedRate }: ReliabilityBin,
    index: number,
  ) => ({
    from,
    to,
    count,
    meanProbability: rounded(meanProbability),
    observedRate: {
      value: rounded(observedRate),
      low: rounded(bounds[index]?.low ?? observedRate),
      high: rounded(bounds[index]?.high ?? observedRate),
    },
  });
  return reliability(rows)
    .map(withInterval)
    .filter(({ count }) => count > 0);
}
