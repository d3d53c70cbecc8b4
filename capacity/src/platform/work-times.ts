import type { Assumptions } from '../service-times/assumptions.js';
import type { ServiceTimes } from '../service-times/service-times.js';
import { always, asMeasured, type Sampler } from '../simulation/sampler.js';

/** How long each piece of work takes, as a simulation draws it. */
export interface WorkTimes {
  readonly store: Sampler;
  readonly fetch: Sampler;
  readonly decode: Sampler;
  readonly draw: Sampler;
  readonly score: Sampler;
  /** Until explain knows whether anything waits. */
  readonly ask: Sampler;
  /** One pass of the int8 engine with so many threads over so many pictures. */
  readonly batch: (threads: number) => (size: number) => Sampler;
  readonly gpuBatch: (size: number) => Sampler;
}

export function workTimes({ milliseconds }: ServiceTimes, assumptions: Assumptions): WorkTimes {
  const measured = (quantiles: readonly number[]) => asMeasured(quantiles.map((ms) => ms / 1000));
  return {
    store: always(assumptions.storeMs / 1000),
    fetch: measured(milliseconds.fetch),
    decode: measured(milliseconds.decode),
    draw: measured(milliseconds.draw),
    score: measured(milliseconds.score),
    ask: always(assumptions.handOverMs / 1000),
    batch: (threads) => {
      const sizes = milliseconds.batches[threads]?.map(measured);
      const known = Object.keys(milliseconds.batches).join(', ');
      if (!sizes) throw new Error(`the engine was measured with ${known} threads, not with ${threads}`);
      return (size) => sizes[size - 1] ?? always(Number.POSITIVE_INFINITY);
    },
    gpuBatch: (size) => always((assumptions.gpuPassMs + size * assumptions.gpuPictureMs) / 1000),
  };
}
