import type { Interval } from '@lucency/model/card';
import { exactInterval } from '@lucency/statistics';
import { ratio } from '../confusion.js';
import { rounded } from '../figures.js';

export interface Called {
  readonly label: 0 | 1;
  readonly patient: string;
  readonly called: boolean;
}

export interface Rates {
  readonly sensitivity: Interval;
  readonly specificity: Interval;
}

/**
 * Rates over patients, each weighing one in their class however many images there are of them, with exact intervals for
 * as many patients: a bootstrap of twenty cases knows only the errors that they happened to hold.
 */
export function exactRates(rows: readonly Called[]): Rates {
  return {
    sensitivity: shareOf(
      rows.filter(({ label }) => label === 1),
      ({ called }) => called,
    ),
    specificity: shareOf(
      rows.filter(({ label }) => label === 0),
      ({ called }) => !called,
    ),
  };
}

/** The share of patients of whom something holds; of several images of one patient each counts a part. */
export function shareOf<Row extends { readonly patient: string }>(
  rows: readonly Row[],
  holds: (row: Row) => boolean,
): Interval {
  const images = new Map<string, number>();
  for (const { patient } of rows) images.set(patient, (images.get(patient) ?? 0) + 1);
  const count = rows.reduce((sum, row) => sum + (holds(row) ? 1 / (images.get(row.patient) ?? 1) : 0), 0);
  const { low, high } = exactInterval(count, images.size);
  return { value: rounded(ratio(count, images.size)), low: rounded(low), high: rounded(high) };
}

export interface PredictiveValues {
  /** Of those called pneumonia, the share that has it; null where nobody is. */
  readonly ppv: Interval | null;
  /** Of those called normal, the share without it; null where nobody is. */
  readonly npv: Interval | null;
}

/** By Bayes at a prevalence; the bounds are those of the worse and of the better rates together. */
export function predictiveValues({ sensitivity, specificity }: Rates, prevalence: number): PredictiveValues {
  const bounded = (right: (bound: Bound) => number, wrong: (bound: Bound) => number): Interval | null => {
    const share = (bound: Bound) => rounded(ratio(right(bound), right(bound) + wrong(bound)));
    if (right('value') + wrong('value') === 0) return null;
    return { value: share('value'), low: share('low'), high: share('high') };
  };
  return {
    ppv: bounded(
      (bound) => sensitivity[bound] * prevalence,
      (bound) => (1 - specificity[bound]) * (1 - prevalence),
    ),
    npv: bounded(
      (bound) => specificity[bound] * (1 - prevalence),
      (bound) => (1 - sensitivity[bound]) * prevalence,
    ),
  };
}

type Bound = keyof Interval;
