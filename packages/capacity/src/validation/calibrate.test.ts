import path from 'node:path';
import { quantile } from '@lucency/bench/benchmark';
import { expect, it } from 'vitest';
import { readSettings } from '../chart/read-settings.js';
import { simulate } from '../platform/simulate.js';
import { workTimes } from '../platform/work-times.js';
import { assumed } from '../service-times/assumptions.js';
import { measuredFolder, readServiceTimes } from '../service-times/service-times.js';
import type { Study } from '../workers/job.js';
import { legsOf } from './calibrate.js';

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

const lone: Study = { priority: 'ROUTINE', arrivedAt: 0, takenAt: 0, readAt: 0.4, drawnAt: 0.6 };
const perSecond = 8;

function simulated(times: readonly number[]): readonly Study[] {
  return simulate(settings, {
    arrivals: times.map((time) => ({ time, priority: 'ROUTINE' })),
    from: 0,
    until: times.at(-1) ?? 0,
    seed: 1,
    times: workTimes(measured, { ...assumed, storeMs: 0 }),
    legs: legsOf({ perSecond, alone: [lone], cores }, measured),
    assumptions: assumed,
    nodes: { cores: 100, cards: 0 },
    killsPerHour: 0,
    oneMachine: cores,
    scores: false,
  }).studies;
}

it('brings lone studies and the full throughput of the platform about', () => {
  const apart = simulated(Array.from({ length: 30 }, (_, study) => study * 2));
  const median = (values: number[]) => quantile(values, 0.5);
  expect(median(apart.map(({ readAt, arrivedAt }) => readAt - arrivedAt))).toBeCloseTo(0.4, 1);
  expect(median(apart.map(({ drawnAt, readAt }) => drawnAt - readAt))).toBeCloseTo(0.2, 1);

  const flood = simulated(Array.from({ length: 800 }, () => 0));
  const last = Math.max(...flood.map(({ drawnAt }) => drawnAt));
  expect(Math.abs(flood.length / last / perSecond - 1)).toBeLessThan(0.15);
});
