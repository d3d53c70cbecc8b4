import type { Report } from './report.ts';

/** One time of two runs, in milliseconds, and what became of it. */
export interface Comparison {
  what: string;
  median: Pair;
  p95: Pair;
}

export interface Pair {
  before: number;
  now: number;
  /** Above 1 is slower; NaN where there was nothing before. */
  ratio: number;
}

/** Medians and 95th percentiles of what both runs measured. */
export function compare(before: Report, now: Report): Comparison[] {
  return Object.entries(now.times).flatMap(([what, figures]) => {
    const earlier = before.times[what];
    if (!earlier) return [];
    const pair = (was: number, is: number): Pair => ({ before: was, now: is, ratio: is / was });
    return [{ what, median: pair(earlier.median, figures.median), p95: pair(earlier.p95, figures.p95) }];
  });
}
