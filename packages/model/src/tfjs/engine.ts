import * as tf from '@tensorflow/tfjs';
import { inputSize } from '../architecture.js';
import { type Classification, type Engine, EngineFailure } from '../card/engine.js';
import { readModelCard } from '../card/model-card.js';
import { readWeights } from '../weights/assemble.js';
import { foldLayers } from '../weights/folded.js';
import { gradCamByGradient } from './grad-cam.js';
import { buildNetwork, type Network } from './network.js';
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

/** `input`: Float32 `[224, 224, 3]`, RGB, 0-1. */
function classify(network: Network, input: Float32Array): Classification {
  const started = performance.now();
  return tf.tidy(() => {
    const maps = network.trunk(tf.tensor4d(input, [1, inputSize, inputSize, 3]));
    const [logit = Number.NaN] = network.head(maps).dataSync<'float32'>();
    const evidence = gradCamByGradient(network, maps).dataSync<'float32'>();
    // A copy: TensorFlow.js answers with a view of WebAssembly's memory.
    return { logit, evidence: evidence.slice(), milliseconds: performance.now() - started, batchSize: 1 };
  });
}
