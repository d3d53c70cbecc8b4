import type { Resampling } from '@lucency/statistics';
import { withIntervals } from './with-intervals.js';

/** Mean over images, its interval over patients; 0 of nothing. */
export function meanWithInterval<Row extends { readonly label: 0 | 1; readonly patient: string }>(
  rows: readonly Row[],
  figure: (row: Row) => number,
  resampling?: Resampling,
): { value: number; low: number; high: number } {
  const values = rows.map(figure);
  const mean = (weights?: Float64Array) => {
    const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? rows.length;
    return (
      values.reduce((sum, value, index) => sum + value * (weights?.[index] ?? 1), 0) / Math.max(1, total)
    );
  };
  const [interval] = withIntervals(rows, (weights) => [mean(weights)], resampling);
  return interval ?? { value: 0, low: 0, high: 0 };
}
