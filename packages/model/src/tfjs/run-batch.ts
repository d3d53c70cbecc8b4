import * as tf from '@tensorflow/tfjs';
import { inputSize } from '../architecture.js';
import type { Answer } from '../running/runner.js';
import { gradCamByGradient } from './grad-cam.js';
import type { Network } from './network.js';

/**
 * Logits `[N]`, evidence `[N, 7, 7]`, texture `[N, 512]` and types `[N, 3]` of inputs `[224, 224, 3]`, RGB, 0-1, on the backend of
 * this thread, which it blocks.
 */
export function runBatch(network: Network, inputs: readonly Float32Array[]): Answer {
  const pixels = inputSize * inputSize * 3;
  const batch = new Float32Array(inputs.length * pixels);
  inputs.forEach((input, index) => {
    batch.set(input, index * pixels);
  });
  let types: Float32Array | null = null;
  const answer = tf.tidy(() => {
    const { maps, texture } = network.trunk(tf.tensor4d(batch, [inputs.length, inputSize, inputSize, 3]));
    const logits = network.head(maps).dataSync<'float32'>();
    types = network.types(maps)?.dataSync<'float32'>().slice() ?? null;
    const evidence = gradCamByGradient(network, maps).dataSync<'float32'>();
    // Copies: TensorFlow.js may answer with a view of its own memory.
    return {
      logits: logits.slice(),
      evidence: evidence.slice(),
      texture: texture.dataSync<'float32'>().slice(),
    };
  });
  return { ...answer, types };
}
