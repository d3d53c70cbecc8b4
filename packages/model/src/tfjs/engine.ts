import { type Classification, type Engine, EngineFailure } from '../card/engine.js';
import { readModelCard } from '../card/model-card.js';
import type { ModelRunner } from '../running/runner.js';
import { withViews } from '../running/views.js';
import { foldLayers } from '../weights/folded.js';
import { readWeights } from '../weights/read-weights.js';
import { buildNetwork } from './network.js';
import { runBatch } from './run-batch.js';
import { startWasmBackend } from './wasm-backend.js';

/** The model in TensorFlow.js on WebAssembly: no native code. It computes on the calling thread, one by one. */
export async function createTfjsEngine({ modelDir }: { readonly modelDir: string }): Promise<Engine> {
  const { id, views } = await readModelCard(modelDir);
  await startWasmBackend();
  const network = buildNetwork(foldLayers(await readWeights(modelDir)));
  const runner = withViews(
    {
      precision: 'fp32',
      run: async (inputs) => runBatch(network, inputs),
      close: async () => network.dispose(),
    },
    views,
  );
  let closed = false;
  return {
    name: 'tfjs-wasm',
    modelId: id,
    async classify(input) {
      if (closed) throw new EngineFailure('the engine is closed');
      return classify(runner, input);
    },
    async close() {
      if (!closed) await runner.close();
      closed = true;
    },
  };
}

async function classify(runner: ModelRunner, input: Float32Array): Promise<Classification> {
  const started = performance.now();
  const { logits, ...rest } = await runner.run([input]);
  const [logit = Number.NaN] = logits;
  return { logit, ...rest, milliseconds: performance.now() - started, batchSize: 1 };
}
