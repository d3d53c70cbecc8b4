import type { Random } from '@lucency/statistics';
import type { Runner } from '../simulation/processor.js';
import type { Sampler } from '../simulation/sampler.js';
import type { Simulation } from '../simulation/simulation.js';
import { Station } from '../simulation/station.js';
import type { Work } from './intake.js';

export interface ExplainOptions {
  readonly simulation: Simulation;
  readonly random: Random;
  readonly cpu: Runner;
  readonly times: {
    /** Until the blob store has the heatmap. */
    readonly store: Sampler;
    readonly draw: Sampler;
  };
}

/** What an explain pod does with a job: its one thread draws, then the heatmap goes to the blob store. */
export function drawing({ simulation, random, cpu, times }: ExplainOptions): Work {
  const thread = new Station(cpu, 1);
  return (_job, done) => {
    thread.run(times.draw(random), () => simulation.after(times.store(random), done));
  };
}

export interface ScoringOptions {
  readonly random: Random;
  readonly cpu: Runner;
  readonly score: Sampler;
  /** Jobs that wait to be read or explained. */
  readonly urgentBacklog: () => number;
}

/** Measuring faithfulness: not while anything else waits; then it has a thread of its own beside the drawing. */
export function scoring({ random, cpu, score, urgentBacklog }: ScoringOptions) {
  return (scored: () => void, later: () => void): void => {
    if (urgentBacklog() > 0) later();
    else cpu.run(score(random), 1, scored);
  };
}
