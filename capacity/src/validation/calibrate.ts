import { quantile } from '@lucency/bench/benchmark';
import type { HandOver, Legs } from '../platform/hand-over.js';
import type { ServiceTimes } from '../service-times/service-times.js';
import type { Study } from '../workers/job.js';

/** What is measured on the platform as a whole before it is simulated. */
export interface Calibration {
  /** Studies a second with the queue never empty. */
  readonly perSecond: number;
  /** Studies that had the platform to themselves. */
  readonly alone: readonly Study[];
  readonly cores: number;
}

/** Halvings of what is not known: to a thousandth of `mostComputing`. */
const steps = 12;
/** Cores that can be busy with one study's hand-over, on average: gateway, database, NATS and client work side by side. */
const mostComputing = 4;

/**
 * What gateway, database, NATS and the client cost beside the measured work. How long: what lone studies took beyond the
 * work; behind the reading for one dispatch and one record, before it for those and the submission. How much computing goes
 * with that, for all that are handed over together, is what brings the measured throughput about.
 * @param throughputWith studies a second that the simulator reads with these legs when the queue is never empty.
 */
export function calibrate(
  { perSecond, alone, cores }: Calibration,
  { milliseconds }: ServiceTimes,
  throughputWith: (legs: Legs) => number,
): Legs {
  const passes = milliseconds.batches[Math.max(1, cores - 1)] ?? [];
  const work = [milliseconds.fetch, milliseconds.decode, passes[0] ?? []].map(median);
  const reading = median(alone.map(({ readAt, arrivedAt }) => readAt - arrivedAt));
  const drawing = median(alone.map(({ drawnAt, readAt }) => drawnAt - readAt));
  const before = Math.max(0, reading - work.reduce((sum, ms) => sum + ms) / 1000);
  const behind = Math.max(0, drawing - median(milliseconds.draw) / 1000);

  const legsWith = (computing: number): Legs => {
    const leg = (seconds: number): HandOver => ({
      together: true,
      computing: seconds * computing,
      waitedFor: Math.min(1, 1 / computing),
      wait: Math.max(0, seconds * (1 - computing)),
    });
    return { submit: leg(Math.max(0, before - behind)), dispatch: leg(behind / 2), record: leg(behind / 2) };
  };
  let [least, most] = [0, mostComputing];
  for (let step = 0; step < steps; step += 1) {
    const middle = (least + most) / 2;
    if (throughputWith(legsWith(middle)) > perSecond) least = middle;
    else most = middle;
  }
  return legsWith((least + most) / 2);
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
