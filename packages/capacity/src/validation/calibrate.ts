import { quantile } from '@lucency/bench/benchmark';
import type { Legs } from '../platform/hand-over.js';
import type { ServiceTimes } from '../service-times/service-times.js';
import { always } from '../simulation/sampler.js';
import type { Study } from '../workers/job.js';

/** What is measured on the platform as a whole before it is simulated. */
export interface Calibration {
  /** Studies a second with the queue never empty. */
  readonly perSecond: number;
  /** Studies that had the platform to themselves. */
  readonly alone: readonly Study[];
  readonly cores: number;
}

/**
 * What gateway, database, NATS and the client cost a study. The milliseconds that lone studies took beyond the measured
 * work are shared out over the legs: before and after inference, before and after explain. Of them so much is computing
 * as is missing between all cores at full throughput and the measured work; the rest is waiting, as for a commit.
 */
export function legsOf({ perSecond, alone, cores }: Calibration, { milliseconds }: ServiceTimes): Legs {
  const threads = Math.max(1, cores - 1);
  const passes = milliseconds.batches[threads] ?? [];
  const work = (median(milliseconds.fetch) + median(milliseconds.decode) + median(milliseconds.draw)) / 1000;
  const fullPass = (median(passes.at(-1) ?? []) / 1000 / passes.length) * threads;
  const computing = Math.max(0, cores / perSecond - work - fullPass);

  const middle = (values: readonly number[]) => quantile(values, 0.5);
  const reading = middle(alone.map(({ readAt, arrivedAt }) => readAt - arrivedAt));
  const drawing = middle(alone.map(({ drawnAt, readAt }) => drawnAt - readAt));
  const onePass = median(passes[0] ?? []) / 1000;
  const around = Math.max(0, reading - work + median(milliseconds.draw) / 1000 - onePass);
  const behind = Math.max(0, drawing - median(milliseconds.draw) / 1000);
  const share = around + behind === 0 ? 0 : Math.min(1, computing / (around + behind));
  const leg = (seconds: number) => ({
    compute: always(seconds * share),
    wait: always(seconds * (1 - share)),
  });
  const [front, back] = [leg(around / 2), leg(behind / 2)];
  return { toInference: front, toReading: front, toExplain: back, toHeatmap: back };
}

function median(spread: readonly number[]): number {
  return spread[Math.floor(spread.length / 2)] ?? Number.NaN;
}
