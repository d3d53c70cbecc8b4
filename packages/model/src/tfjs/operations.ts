import * as tf from '@tensorflow/tfjs';
import { type ConvUnit, imageNetMeans, type TrunkOperations } from '../architecture.js';

/** A convolution with its batch normalization in it: kernel `[height, width, in, out]`, bias `[out]`. */
export interface TfLayer {
  readonly kernel: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

/** The trunk's operations in TensorFlow.js, on `[N, height, width, channels]`. Differentiable. */
export function tfOperations(layerOf: (unit: ConvUnit) => TfLayer): TrunkOperations<tf.Tensor4D> {
  return {
    conv(input, unit, rectified) {
      const { kernel, bias } = layerOf(unit);
      const biased = convolve(input, kernel, unit).add<tf.Tensor4D>(bias);
      return rectified ? biased.relu() : biased;
    },
    maxPool: (input) => tf.maxPool(padZeros(input, 1), 3, 2, 'valid'),
    addRectified: (a, b) => a.add<tf.Tensor4D>(b).relu(),
  };
}

/** Blue, green, red of 0-255 without the ImageNet means, as the backbone was trained. */
export function backbonePixels(pixels: tf.Tensor4D): tf.Tensor4D {
  const centred: tf.Tensor4D = tf.sub(tf.mul(pixels, 255), tf.tensor1d([...imageNetMeans]));
  return tf.reverse4d(centred, 3);
}

function convolve(input: tf.Tensor4D, kernel: tf.Tensor4D, { stride, pad }: ConvUnit): tf.Tensor4D {
  // Where nothing strides, TensorFlow's own padding is even too, and needs no copy.
  if (stride === 1) return tf.conv2d(input, kernel, 1, 'same');
  return tf.conv2d(padZeros(input, pad), kernel, stride, 'valid');
}

/** Evenly, as Keras pads this network; TensorFlow's own `same` pads unevenly where it strides. */
function padZeros(maps: tf.Tensor4D, cells: number): tf.Tensor4D {
  const sides: [number, number] = [cells, cells];
  return cells > 0 ? tf.pad4d(maps, [[0, 0], sides, sides, [0, 0]]) : maps;
}
