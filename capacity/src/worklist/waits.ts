import { quantile } from '@lucency/statistics';
import type { StudyClass } from './draw-studies.js';
import type { ReadStudy } from './read-in-order.js';

/** Minutes until a reader begins. */
export interface Waits {
  readonly studies: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  readonly p95: number;
  readonly longest: number;
}

export const classes: readonly StudyClass[] = ['STAT', 'pneumonia', 'normal'];

export function waitsOf(read: readonly ReadStudy[], of: StudyClass): Waits {
  const minutes = read
    .filter(({ study }) => study.class === of)
    .map(({ study, begun }) => (begun - study.arrival) / 60)
    .sort((one, other) => one - other);
  return {
    studies: minutes.length,
    mean: minutes.reduce((sum, wait) => sum + wait, 0) / minutes.length,
    median: quantile(minutes, 0.5),
    p90: quantile(minutes, 0.9),
    p95: quantile(minutes, 0.95),
    longest: minutes.at(-1) ?? Number.NaN,
  };
}
