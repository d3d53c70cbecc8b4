import type { Arrival } from '../arrivals/draw-arrivals.js';
import type { Study } from '../workers/job.js';

/** Of the throughput: enough that the queue is never empty. */
const overload = 1.15;

/** Routine studies at equal distances. */
export function evenly(perSecond: number, count: number): Arrival[] {
  return Array.from({ length: count }, (_, index) => ({
    time: index / perSecond,
    priority: 'ROUTINE' as const,
  }));
}

/** So many studies, faster than they can be read. */
export function arrivalsBeyond(perSecond: number, count: number): Arrival[] {
  return evenly(overload * perSecond, count);
}

/**
 * Studies a second, with their heatmaps, while others go on arriving: taking those in is work too, on the same machine. The
 * first tenth only fills the queue.
 */
export function throughputOf(studies: readonly Study[]): number {
  const lastArrival = Math.max(...studies.map(({ arrivedAt }) => arrivedAt));
  const times = studies
    .map(({ drawnAt }) => drawnAt)
    .filter((time) => time <= lastArrival)
    .sort((a, b) => a - b);
  const first = Math.floor(times.length / 10);
  return (times.length - 1 - first) / ((times.at(-1) ?? Number.NaN) - (times[first] ?? Number.NaN));
}
