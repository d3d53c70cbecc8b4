import { type Classification, type Engine, EngineFailure } from '../card/engine.js';
import { readModelCard } from '../card/model-card.js';
import { readWeights } from '../weights/assemble.js';
import { foldLayers } from '../weights/folded.js';
import { buildNetwork, type Network } from './network.js';
import { runBatch } from './run-batch.js';
import { startWasmBackend } from './wasm-backend.js';

/** The model in TensorFlow.js on WebAssembly: no native code. It computes on the calling thread, one by one. */
export async function createTfjsEngine({ modelDir }: { readonly modelDir: string }): Promise<Engine> {
  const { id } = await readModelCard(modelDir);
  await startWasmBackend();
  const network = buildNetwork(foldLayers(await readWeights(modelDir)));
  let closed = false;
  return {
    name: 'tfjs-wasm',
    modelId: id,
    async classify(input) {
      if (closed) throw new EngineFailure('the engine is closed');
      return classify(network, input);
    },
    async close() {
      if (!closed) network.dispose();
      closed = true;
    },
  };
}

function classify(network: Network, input: Float32Array): Classification {
  const started = performance.now();
  const { logits, ...rest } = runBatch(network, [input]);
  const [logit = Number.NaN] = logits;
  return { logit, ...rest, milliseconds: performance.now() - started, batchSize: 1 };
}
