import type { Arrival } from '../arrivals/draw-arrivals.js';
import type { Study } from '../workers/job.js';

/** Of the throughput: enough that the queue is never empty. */
const overload = 1.6;

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

/** Studies a second, over the middle eight tenths as `measureThroughput` counts them. */
export function throughputOf(studies: readonly Study[]): number {
  const times = studies.map(({ drawnAt }) => drawnAt).sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return (0.8 * (times.length - 1)) / (at(0.9) - at(0.1));
}
