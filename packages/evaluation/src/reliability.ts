import { ratio, type Scored } from './confusion.js';

export interface ReliabilityBin {
  /** Probabilities in it, `from` included. */
  readonly from: number;
  readonly to: number;
  /** Images, or their weight. */
  readonly count: number;
  readonly meanProbability: number;
  /** Share that had pneumonia. */
  readonly observedRate: number;
}

export interface Binning {
  readonly bins?: number;
  /**
   * Bins as wide as each other (the default, Naeini et al. 2015), or with as many images each, which keeps the
   * error of sparse bins out (Nixon et al. 2019).
   */
  readonly by?: 'width' | 'mass';
}

/**
 * Share of pneumonia that the rows are weighed to have. What is said of them stays as it is: this shows how wrong
 * the same answers are where pneumonia is rarer or more frequent.
 */
export interface AtPrior {
  readonly prior?: number;
}

/** Over the probability of pneumonia, at the rows' own share of pneumonia unless another is asked for. */
export function reliability(
  rows: readonly Scored[],
  { bins = 10, by = 'width', prior }: Binning & AtPrior = {},
  weights?: ArrayLike<number>,
): ReliabilityBin[] {
  const edges = edgesOf(rows, bins, by);
  const ofClass = prior === undefined ? ([1, 1] as const) : classWeights(rows, prior);
  const sums = edges.slice(1).map(() => ({ count: 0, probability: 0, pneumonia: 0 }));
  rows.forEach(({ label, probability }, index) => {
    const sum = sums[binOf(probability, edges)];
    if (!sum) return;
    const weight = (weights?.[index] ?? 1) * ofClass[label];
    sum.count += weight;
    sum.probability += weight * probability;
    sum.pneumonia += weight * label;
  });
  return sums.map(({ count, probability, pneumonia }, index) => ({
    from: edges[index] ?? 0,
    to: edges[index + 1] ?? 1,
    count,
    meanProbability: ratio(probability, count),
    observedRate: ratio(pneumonia, count),
  }));
}

/** Bounds from 0 to 1, one more than there are bins. */
function edgesOf(rows: readonly Scored[], bins: number, by: 'width' | 'mass'): number[] {
  if (by === 'width') return Array.from({ length: bins + 1 }, (_, index) => index / bins);
  const sorted = rows.map(({ probability }) => probability).sort((a, b) => a - b);
  const inner = Array.from(
    { length: bins - 1 },
    (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / bins)] ?? 1,
  );
  return [0, ...inner, 1];
}

/** The last bin that begins at or below the probability; 1 belongs to the last. */
function binOf(probability: number, edges: readonly number[]): number {
  for (let bin = edges.length - 2; bin > 0; bin--) if (probability >= (edges[bin] ?? 1)) return bin;
  return 0;
}

/** For normal and pneumonia, so that the whole weight stays the number of rows. */
function classWeights(rows: readonly Scored[], prior: number): readonly [number, number] {
  const share = shareWithPneumonia(rows);
  return [ratio(1 - prior, 1 - share), ratio(prior, share)];
}

/** The class prior that figures on these rows assume. */
export function shareWithPneumonia(rows: readonly Scored[]): number {
  return ratio(rows.filter(({ label }) => label === 1).length, rows.length);
}

/** Expected calibration error (Naeini et al. 2015): the mean over the images of |mean probability - observed rate| of their bin. */
export function calibrationError(rows: readonly Scored[], options: Binning & AtPrior = {}): number {
  return meanGap(reliability(rows, options));
}

export function meanGap(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce(
    (sum, { count, meanProbability, observedRate }) =>
      sum + ratio(count, total) * Math.abs(meanProbability - observedRate),
    0,
  );
}
