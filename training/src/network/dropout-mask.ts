import { dropoutRate, headLayers } from '@lucency/model/card';
import type { Random } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';

/**
 * Which hidden units stay, `[rows, 1024]`, scaled so that their sum keeps its size. Drawn here because a seeded
 * Dropout layer of TensorFlow.js repeats one mask in every step.
 */
export function dropoutMask(rows: number, random: Random): tf.Tensor2D {
  const kept = 1 / (1 - dropoutRate);
  const values = new Float32Array(rows * headLayers.hidden.outputs).map(() =>
    random() < dropoutRate ? 0 : kept,
  );
  return tf.tensor2d(values, [rows, headLayers.hidden.outputs]);
}
