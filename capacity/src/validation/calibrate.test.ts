import path from 'node:path';
import { quantile } from '@lucency/bench/benchmark';
import { seededRandom } from '@lucency/statistics';
import { expect, it } from 'vitest';
import { type Arrival, drawSteadyArrivals } from '../arrivals/draw-arrivals.js';
import { readSettings } from '../chart/read-settings.js';
import type { Legs } from '../platform/hand-over.js';
import { simulate } from '../platform/simulate.js';
import { workTimes } from '../platform/work-times.js';
import { assumed } from '../service-times/assumptions.js';
import { measuredFolder, readServiceTimes } from '../service-times/service-times.js';
import type { Study } from '../workers/job.js';
import { calibrate } from './calibrate.js';
import { arrivalsBeyond, evenly, throughputOf } from './full-throughput.js';

const measured = await readServiceTimes(path.join(measuredFolder, '2-cores.json'));
const cores = 2;
const settings = await readSettings({
  files: [],
  assignments: [
    'keda.enabled=false',
    'inferenceCpu.replicas=1',
    'explain.replicas=1',
    'inferenceCpu.threads=1',
  ],
});

function simulated(arrivals: readonly Arrival[], legs: Legs): readonly Study[] {
  return simulate(settings, {
    arrivals,
    from: 0,
    until: arrivals.at(-1)?.time ?? 0,
    seed: 1,
    times: workTimes(measured, { ...assumed, storeMs: 0 }),
    legs,
    assumptions: assumed,
    nodes: { cores: 100, cards: 0 },
    killsPerHour: 0,
    oneMachine: cores,
    scores: false,
  }).studies;
}

it('tells how a platform does at part load by its lone studies and its throughput', () => {
  const handOver = { together: true, computing: 0.015, waitedFor: 2 / 3, wait: 0 };
  const platform: Legs = { submit: handOver, dispatch: handOver, record: handOver };
  const alone = simulated(evenly(1, 30), platform);
  const perSecond = throughputOf(simulated(arrivalsBeyond(24, 960), platform));
  const legs = calibrate({ perSecond, alone, cores }, measured, (tried) =>
    throughputOf(simulated(arrivalsBeyond(24, 960), tried)),
  );
  for (const { computing } of [legs.submit, legs.dispatch, legs.record]) {
    expect(computing).toBeCloseTo(handOver.computing, 2);
  }

  const busy = drawSteadyArrivals(
    { perSecond: 0.6 * perSecond, seconds: 60, statShare: 0.2 },
    seededRandom(1),
  );
  const reading = (tried: Legs) =>
    quantile(
      simulated(busy, tried).map(({ readAt, arrivedAt }) => readAt - arrivedAt),
      0.5,
    );
  expect(Math.abs(reading(legs) / reading(platform) - 1)).toBeLessThan(0.2);
});
