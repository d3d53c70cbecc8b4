import type { Runner } from '../simulation/processor.js';
import type { Simulation } from '../simulation/simulation.js';

/** What it takes to pass studies on, in seconds. */
export interface HandOver {
  /** One batch at a time, with all that came while the one before was under way; or each by itself, any number at once. */
  readonly together: boolean;
  /** Computing for all that go together, however many: most of it is waking up and a transaction. */
  readonly computing: number;
  /** Share of the computing, 0-1, that they wait for; the rest goes on beside them, as telling subscribers. */
  readonly waitedFor: number;
  /** After the computing, as for a commit. */
  readonly wait: number;
}

/** What one study passes outside of the workers: gateway, Postgres and NATS. */
export interface Legs {
  /** Until its task is in the database. */
  readonly submit: HandOver;
  /** From the database to the queue: to inference, later to explain. */
  readonly dispatch: HandOver;
  /** From a worker's answer to the database: a reading, later a heatmap. */
  readonly record: HandOver;
}

/** Passes a study on, and says when it is there. */
export type Pass = (done: () => void) => void;

/** Passes studies on for that much time and computing. */
export function handOver(simulation: Simulation, processor: Runner, cost: HandOver): Pass {
  let waiting: (() => void)[] = [];
  let isBusy = false;
  const next = () => {
    isBusy = waiting.length > 0;
    if (!isBusy) return;
    const batch = waiting;
    waiting = [];
    start(simulation, processor, cost, batch, next);
  };
  return (done) => {
    if (!cost.together) return start(simulation, processor, cost, [done], () => undefined);
    waiting.push(done);
    if (!isBusy) next();
  };
}

function start(
  simulation: Simulation,
  processor: Runner,
  { computing, waitedFor, wait }: HandOver,
  batch: readonly (() => void)[],
  ended: () => void,
): void {
  processor.run(computing * (1 - waitedFor), 1, () => undefined);
  processor.run(computing * waitedFor, 1, () => {
    simulation.after(wait, () => {
      ended();
      for (const done of batch) done();
    });
  });
}

/** Legs of the same length that cost the workers no processor time, as where gateway and database have their own. */
export function evenLegs(seconds: number): Legs {
  const leg = { together: false, computing: 0, waitedFor: 1, wait: seconds };
  return { submit: { ...leg, wait: 0 }, dispatch: leg, record: leg };
}
