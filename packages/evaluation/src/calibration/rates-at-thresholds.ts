import type { ScoredImage } from '../confusion.js';

/** Validation patients seen in one way: as they are, under one disturbance, or a series left out of training. */
export interface ShiftedSet {
  readonly name: string;
  readonly rows: readonly ScoredImage[];
}

export interface RatesAt {
  readonly sensitivity: number;
  readonly specificity: number;
}

/** Rates of every set at every threshold, asked for by the threshold's place. */
export interface RateTable {
  plain(place: number): RatesAt;
  /** The set in which a figure of the rates is lowest. */
  least(place: number, figure: (rates: RatesAt) => number): { readonly set: number; readonly value: number };
  /** Over the sets alike. */
  mean(place: number, figure: (rates: RatesAt) => number): number;
}

/** The first set is the plain one; a set of one class alone takes the other rate from it. Thresholds ascend. */
export function ratesAtThresholds(sets: readonly ShiftedSet[], thresholds: readonly number[]): RateTable {
  const [first, ...others] = sets.map(({ rows }) => ({
    sensitivity: sharesFrom(
      rows.filter(({ label }) => label === 1).map(({ probability }) => probability),
      thresholds,
    ),
    specificity: sharesFrom(
      rows.filter(({ label }) => label === 0).map(({ probability }) => probability),
      thresholds,
    )?.map((share) => 1 - share),
  }));
  if (!first?.sensitivity || !first.specificity)
    throw new RangeError('the plain set needs images of both classes');
  const plain = { sensitivity: first.sensitivity, specificity: first.specificity };
  const table = [
    plain,
    ...others.map(({ sensitivity, specificity }) => ({
      sensitivity: sensitivity ?? plain.sensitivity,
      specificity: specificity ?? plain.specificity,
    })),
  ];
  const at = (set: number, place: number): RatesAt => ({
    sensitivity: table[set]?.sensitivity[place] ?? Number.NaN,
    specificity: table[set]?.specificity[place] ?? Number.NaN,
  });
  return {
    plain: (place) => at(0, place),
    least: (place, figure) =>
      table
        .map((_, set) => ({ set, value: figure(at(set, place)) }))
        .reduce((worst, next) => (next.value < worst.value ? next : worst)),
    mean: (place, figure) => table.reduce((sum, _, set) => sum + figure(at(set, place)), 0) / table.length,
  };
}

/** Share of the probabilities at or above each threshold; undefined of none. */
function sharesFrom(
  probabilities: readonly number[],
  thresholds: readonly number[],
): Float64Array | undefined {
  if (probabilities.length === 0) return undefined;
  const sorted = Float64Array.from(probabilities).sort();
  let below = 0;
  return Float64Array.from(thresholds, (threshold) => {
    while (below < sorted.length && (sorted[below] ?? 1) < threshold) below += 1;
    return 1 - below / sorted.length;
  });
}
