import type { Random } from '@lucency/training/random';
import type { Processor } from '../simulation/processor.js';
import { always, type Sampler } from '../simulation/sampler.js';
import type { Simulation } from '../simulation/simulation.js';

/** A leg between the services: gateway, Postgres and NATS. */
export interface Leg {
  /** On the processor of gateway and database. */
  readonly compute: Sampler;
  readonly wait: Sampler;
}

/** The legs of one study outside of the workers. */
export interface Legs {
  readonly toInference: Leg;
  readonly toReading: Leg;
  readonly toExplain: Leg;
  readonly toHeatmap: Leg;
}

export function handOver(simulation: Simulation, processor: Processor, random: Random) {
  return ({ compute, wait }: Leg, done: () => void): void => {
    processor.run(compute(random), 1, () => simulation.after(wait(random), done));
  };
}

/** Legs of the same length that cost the workers no processor time, as where gateway and database have their own. */
export function evenLegs(seconds: number): Legs {
  const leg = { compute: always(0), wait: always(seconds) };
  return { toInference: leg, toReading: leg, toExplain: leg, toHeatmap: leg };
}
