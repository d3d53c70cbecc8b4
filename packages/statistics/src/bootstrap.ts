import type { Random } from './random.js';
import { seededRandom } from './random.js';

export interface Resampling {
  readonly resamples?: number;
  readonly seed?: number;
}

interface OfPatient {
  readonly label: 0 | 1;
  readonly patient: string;
}

/**
 * 95 % percentile intervals by bootstrap over patients (Efron and Tibshirani 1993): patients are drawn with
 * replacement, each with all images. Drawn apart by class, so that both are in every resample; who has images of
 * both classes is drawn among their like.
 * @param measure the figures of a resample, always as many, from how often each row was drawn.
 * @returns low and high of each figure. Figures that are no number in a resample do not count there.
 */
export function bootstrapIntervals(
  rows: readonly OfPatient[],
  measure: (weights: Float64Array) => readonly number[],
  { resamples = 2000, seed = 1 }: Resampling = {},
): { low: number; high: number }[] {
  const random = seededRandom(seed);
  const strata = stratify(rows);
  const drawn: number[][] = [];
  for (let turn = 0; turn < resamples; turn++)
    drawn.push([...measure(resample(strata, rows.length, random))]);
  return (drawn[0] ?? []).map((_, figure) => {
    const sorted = Float64Array.from(
      drawn.map((figures) => figures[figure] ?? Number.NaN).filter((value) => !Number.isNaN(value)),
    ).sort();
    return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  });
}

/** Between neighbours in proportion (type 7 of Hyndman and Fan 1996); NaN of nothing. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function countPatients(rows: readonly OfPatient[]): number {
  return new Set(rows.map(({ patient }) => patient)).size;
}

/** Places of each patient's rows, patients with the same classes together. */
function stratify(rows: readonly OfPatient[]): number[][][] {
  const patients = new Map<string, { places: number[]; classes: Set<number> }>();
  rows.forEach(({ patient, label }, place) => {
    const known = patients.get(patient) ?? { places: [], classes: new Set() };
    known.places.push(place);
    known.classes.add(label);
    patients.set(patient, known);
  });
  const strata = new Map<string, number[][]>();
  for (const { places, classes } of patients.values()) {
    const key = [...classes].sort().join();
    const alike = strata.get(key);
    if (alike) alike.push(places);
    else strata.set(key, [places]);
  }
  return [...strata.values()];
}

function resample(strata: readonly number[][][], rows: number, random: Random): Float64Array {
  const weights = new Float64Array(rows);
  for (const patients of strata)
    for (let draw = 0; draw < patients.length; draw++)
      for (const place of patients[Math.floor(random() * patients.length)] ?? [])
        weights[place] = (weights[place] ?? 0) + 1;
  return weights;
}
