import path from 'node:path';
import { seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import { type Arrival, drawArrivals } from '../arrivals/draw-arrivals.js';
import { chartFolder, readSettings } from '../chart/read-settings.js';
import { figuresOf } from '../report/figures.js';
import { assumed } from '../service-times/assumptions.js';
import { measuredFolder, readServiceTimes } from '../service-times/service-times.js';
import { evenLegs } from './hand-over.js';
import { type Outcome, type Scenario, simulate } from './simulate.js';
import { workTimes } from './work-times.js';

const measured = await readServiceTimes(path.join(measuredFolder, '2-cores.json'));
const shipped = (...names: string[]) => names.map((name) => path.join(chartFolder, name));
const production = (...assignments: string[]) =>
  readSettings({ files: shipped('values-production.yaml'), assignments });
const withGpus = (...assignments: string[]) =>
  readSettings({ files: shipped('values-production.yaml', 'values-gpu.yaml'), assignments });

/** So many studies within a minute, an hour after midnight. */
function burst(studies: number, statShare = 0.1): Arrival[] {
  const bursts = [{ studies, start: 3600, seconds: 60 }];
  return drawArrivals({ studiesPerDay: 0, bursts, statShare, from: 3600, until: 7200 }, seededRandom(5));
}

function scenario(arrivals: readonly Arrival[], changes: Partial<Scenario> = {}): Scenario {
  return {
    arrivals,
    from: 3600,
    until: 7200,
    seed: 1,
    times: workTimes(measured, assumed),
    legs: evenLegs(0.01),
    assumptions: assumed,
    nodes: { cores: 1000, cards: 10 },
    killsPerHour: 0,
    oneMachine: null,
    scores: false,
    ...changes,
  };
}

const historyOf = (outcome: Outcome, name: string) =>
  outcome.components.find((component) => component.name === name)?.history ?? [];

it('gives the same outcome for the same seed and another for another', async () => {
  const settings = await production();
  const run = (seed: number) => simulate(settings, scenario(burst(500), { seed, killsPerHour: 30 }));
  expect(run(1)).toEqual(run(1));
  expect(run(2).studies).not.toEqual(run(1).studies);
});

it('keeps STAT short while routine studies wait for minutes', async () => {
  const settings = await production('inferenceCpu.scaling.max=2');
  const { lanes } = figuresOf(simulate(settings, scenario(burst(20_000, 0.02))), 1, { cpu: 0.04, gpu: 1 });
  expect(lanes.STAT.reading[0.99]).toBeLessThan(2);
  expect(lanes.ROUTINE.reading[0.95]).toBeGreaterThan(60);
});

it('adds pods to a burst by the steps of the autoscaler, never above the limit of the values', async () => {
  const settings = await production('inferenceCpu.scaling.max=7');
  const wanted = historyOf(simulate(settings, scenario(burst(20_000))), 'inference-cpu').map(
    (at) => at.wanted,
  );
  expect(wanted.filter((pods, at) => pods !== wanted[at - 1]).slice(0, 3)).toEqual([2, 6, 7]);
  expect(wanted.at(-1)).toBe(2);
});

describe('GPU pods', () => {
  it('sleep through what does not wake them', async () => {
    const settings = await withGpus('inferenceGpu.scaling.wakeAbove=100000');
    const gpu = historyOf(simulate(settings, scenario(burst(5000))), 'inference-gpu');
    expect(gpu.every(({ wanted }) => wanted === 0)).toBe(true);
  });

  it('take jobs once their node is there and go when nothing woke them for the cooldown', async () => {
    const settings = await withGpus('inferenceCpu.scaling.max=1', 'keda.cooldownSeconds=200');
    const gpu = historyOf(simulate(settings, scenario(burst(20_000))), 'inference-gpu');
    const woken = gpu.find(({ wanted }) => wanted > 0)?.time ?? 0;
    expect(woken - 3600).toBeLessThan(30);
    expect(gpu.find(({ ready }) => ready > 0)?.time).toBeCloseTo(woken + assumed.startSeconds.gpu);
    expect(gpu.at(-1)).toMatchObject({ wanted: 0, ready: 0 });
  });

  it('wait for a card that another pod has', async () => {
    const settings = await withGpus('inferenceCpu.scaling.max=1', 'inferenceGpu.scaling.max=4');
    const nodes = { cores: 1000, cards: 1 };
    const gpu = historyOf(simulate(settings, scenario(burst(20_000), { nodes })), 'inference-gpu');
    expect(Math.max(...gpu.map(({ wanted }) => wanted))).toBeGreaterThan(1);
    expect(Math.max(...gpu.map(({ ready }) => ready))).toBe(1);
  });
});

it('delivers what a killed pod held again when its ack wait is over, and loses nothing', async () => {
  const settings = await production('inferenceCpu.scaling.min=2', 'inferenceCpu.scaling.max=2');
  const arrivals = burst(10_000);
  const { studies } = simulate(settings, scenario(arrivals, { killsPerHour: 200 }));
  expect(studies).toHaveLength(arrivals.length);
  expect(studies.every(({ drawnAt }) => drawnAt > 3600)).toBe(true);
  const late = studies.filter(({ takenAt, readAt }) => readAt - takenAt > settings.jobAckWaitSeconds / 2);
  expect(late.length).toBeGreaterThan(0);
});

it('scores when nothing else waits, and puts off what was taken just before something came', async () => {
  const settings = await production();
  const { scores } = simulate(settings, scenario(burst(3000), { scores: true }));
  expect(scores.made).toBeGreaterThan(0);
  expect(scores.putOff).toBeLessThan(scores.made / 10);
});
