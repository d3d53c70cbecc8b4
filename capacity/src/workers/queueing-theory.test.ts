import { seededRandom } from '@lucency/statistics';
import { expect, it } from 'vitest';
import { drawSteadyArrivals } from '../arrivals/draw-arrivals.js';
import { Processor } from '../simulation/processor.js';
import { always, exponential, type Sampler } from '../simulation/sampler.js';
import { Simulation } from '../simulation/simulation.js';
import { Station } from '../simulation/station.js';
import {
  meanWaitErlang,
  meanWaitExponential,
  meanWaitFixed,
  meanWaitsByPriority,
} from '../testing/queueing-theory.js';
import { inference } from './inference.js';
import { Intake, type Work } from './intake.js';
import type { Job, Study } from './job.js';
import { Lane } from './lane.js';

const service = 10;
const studies = 60_000;
/** Of a mean over so many studies; chance moves that at the highest load tried by about 5 %. */
const within = 0.08;

/** Pods of one lane each that work as told; @returns mean seconds from arrival to the answer, by priority. */
function meanTimes(
  arrivals: number,
  statShare: number,
  pods: { count: number; slots: number; work: (simulation: Simulation, random: () => number) => Work },
): Record<'STAT' | 'ROUTINE', number> {
  const simulation = new Simulation();
  const random = seededRandom(7);
  const lanes = { STAT: new Lane(), ROUTINE: new Lane() };
  const times: Record<'STAT' | 'ROUTINE', number[]> = { STAT: [], ROUTINE: [] };
  for (let pod = 0; pod < pods.count; pod += 1) {
    const work = pods.work(simulation, random);
    const slots = Object.values(lanes).map((lane) => ({ lane, slots: pods.slots }));
    new Intake(slots, (job, answered) =>
      work(job, () => answered(() => times[job.study.priority].push(simulation.now - job.study.arrivedAt))),
    );
  }
  const seconds = studies / arrivals;
  for (const { time, priority } of drawSteadyArrivals(
    { perSecond: arrivals, seconds, statShare },
    seededRandom(3),
  )) {
    simulation.at(time, () => lanes[priority].push(jobOf(time, priority)));
  }
  simulation.runUntil(seconds * 2);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { STAT: mean(times.STAT), ROUTINE: mean(times.ROUTINE) };
}

function jobOf(arrivedAt: number, priority: Study['priority']): Job {
  const study = { priority, arrivedAt, takenAt: Number.NaN, readAt: Number.NaN, drawnAt: Number.NaN };
  return { study, deliveries: 1 };
}

function oneThread(takes: Sampler) {
  return (simulation: Simulation, random: () => number): Work => {
    const thread = new Station(new Processor(simulation, 1), 1);
    return (_job, done) => thread.run(takes(random), done);
  };
}

const near = (value: number, theory: number) => expect(Math.abs(value / theory - 1)).toBeLessThan(within);
const many = 1_000_000;

it.each([0.3, 0.6, 0.85])('waits as M/M/1 and M/D/1 say at a load of %d', (load) => {
  const arrivals = load * service;
  const random = meanTimes(arrivals, 0, { count: 1, slots: many, work: oneThread(exponential(1 / service)) });
  near(random.ROUTINE - 1 / service, meanWaitExponential({ arrivals, service }));
  const fixed = meanTimes(arrivals, 0, { count: 1, slots: many, work: oneThread(always(1 / service)) });
  near(fixed.ROUTINE - 1 / service, meanWaitFixed({ arrivals, service }));
});

it.each([2, 5])('waits as Erlang C says with %d pods that hold one job each', (count) => {
  const arrivals = 0.8 * count * service;
  const times = meanTimes(arrivals, 0, { count, slots: 1, work: oneThread(exponential(1 / service)) });
  near(times.ROUTINE - 1 / service, meanWaitErlang({ arrivals, service }, count));
});

it('lets STAT overtake as Cobham says where the engine takes one picture at a time', () => {
  const [stat, routine] = [0.3 * service, 0.5 * service];
  const work = (simulation: Simulation, random: () => number) =>
    inference({
      simulation,
      random,
      cpu: new Processor(simulation, Number.POSITIVE_INFINITY),
      decodeThreads: many,
      engine: { processor: new Processor(simulation, 1), threads: 1 },
      largestBatch: 1,
      times: { store: always(0), fetch: always(0), decode: always(0), batch: () => exponential(1 / service) },
    });
  const times = meanTimes(stat + routine, stat / (stat + routine), { count: 1, slots: many, work });
  const theory = meanWaitsByPriority(stat, routine, service);
  near(times.STAT - 1 / service, theory.first);
  near(times.ROUTINE - 1 / service, theory.second);
});

it('shares a processor as processor sharing is known to: fixed lengths stay 1 / (1 - load) as long', () => {
  const load = 0.7;
  const work = (simulation: Simulation): Work => {
    const cpu = new Processor(simulation, 1);
    return (_job, done) => cpu.run(1 / service, 1, done);
  };
  const times = meanTimes(load * service, 0, { count: 1, slots: many, work });
  near(times.ROUTINE, 1 / service / (1 - load));
});
