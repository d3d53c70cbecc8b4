import { WaitingRoom } from '@lucency/model/batching';
import type { Random } from '@lucency/statistics';
import type { Runner } from '../simulation/processor.js';
import type { Sampler } from '../simulation/sampler.js';
import type { Simulation } from '../simulation/simulation.js';
import { Station } from '../simulation/station.js';
import type { Work } from './intake.js';

export interface InferenceOptions {
  readonly simulation: Simulation;
  readonly random: Random;
  /** Decodes, and runs the engine where that has no device of its own. */
  readonly cpu: Runner;
  readonly decodeThreads: number;
  readonly engine: { readonly processor: Runner; readonly threads: number };
  /** Pictures of one pass at most. */
  readonly largestBatch: number;
  readonly times: {
    /** Until the first byte of the blob store comes. */
    readonly store: Sampler;
    /** Reading and hashing. */
    readonly fetch: Sampler;
    readonly decode: Sampler;
    /** The whole pass over so many pictures. */
    readonly batch: (size: number) => Sampler;
  };
}

/**
 * What an inference pod does with a job: the bytes, a decoding thread, then the engine, which takes what waits into one
 * pass, by the very waiting room of the service.
 */
export function inference(options: InferenceOptions): Work {
  const { simulation, random, cpu, engine, times, largestBatch } = options;
  const decoding = new Station(cpu, options.decodeThreads);
  const room = new WaitingRoom<() => void>();
  let computing = false;

  const compute = () => {
    if (computing || room.size === 0) return;
    const batch = room.take(largestBatch);
    computing = true;
    engine.processor.run(times.batch(batch.length)(random), engine.threads, () => {
      computing = false;
      compute();
      for (const done of batch) done();
    });
  };

  return (job, done) => {
    simulation.after(times.store(random), () => {
      cpu.run(times.fetch(random), 1, () => {
        decoding.run(times.decode(random), () => {
          room.add(done, job.study.priority);
          compute();
        });
      });
    });
  };
}
