import { bootstrapIntervals, type Resampling } from '@lucency/statistics';
import { rounded } from './figures.js';

/** Figures of rows, each with its 95 % interval over patients. `figures`: of a resample, always as many. */
export function withIntervals(
  rows: Parameters<typeof bootstrapIntervals>[0],
  figures: (weights?: Float64Array) => readonly number[],
  resampling?: Resampling,
): { value: number; low: number; high: number }[] {
  const bounds = bootstrapIntervals(rows, figures, resampling);
  return figures().map((value, at) => ({
    value: rounded(value),
    low: rounded(bounds[at]?.low ?? value),
    high: rounded(bounds[at]?.high ?? value),
  }));
}
