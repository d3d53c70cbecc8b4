import type { Engine } from '@lucency/model/card';
import type { Instruments } from '@lucency/service-kit';

/** Measures how full the batches of an engine are. */
export function measuredEngine(engine: Engine, instruments: Instruments): Engine {
  return {
    name: engine.name,
    modelId: engine.modelId,
    classify: async (input, priority) => {
      const answer = await engine.classify(input, priority);
      instruments.observe('lucency_engine_batch_images', answer.batchSize, {});
      return answer;
    },
    close: () => engine.close(),
  };
}
