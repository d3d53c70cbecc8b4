import { featureCount, headLayers } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import * as tf from '@tensorflow/tfjs';

/** Logits of cached features, `[images, 2048]`. Needs TensorFlow.js' backend started. */
export function applyHead(tensors: Tensors, features: Float32Array): Float32Array {
  return tf.tidy(() => {
    const dense = (
      input: tf.Tensor2D,
      { name, inputs, outputs }: { name: string; inputs: number; outputs: number },
    ) => {
      const kernel = tensors.get(`${name}/kernel`)?.values ?? new Float32Array();
      const bias = tensors.get(`${name}/bias`)?.values ?? new Float32Array();
      return tf
        .matMul<tf.Tensor2D>(input, tf.tensor2d(kernel, [inputs, outputs]))
        .add<tf.Tensor2D>(tf.tensor1d(bias));
    };
    const rows = tf.tensor2d(features, [features.length / featureCount, featureCount]);
    const logits = dense(dense(rows, headLayers.hidden).relu(), headLayers.output);
    return Float32Array.from(logits.dataSync<'float32'>());
  });
}
