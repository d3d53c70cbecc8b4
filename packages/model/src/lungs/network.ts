import * as tf from '@tensorflow/tfjs';
import { type Layers, layerOf } from '../weights/folded.js';
import {
  deviationFloor,
  type LungsOperations,
  lungsOutput,
  lungsSide,
  lungsUnits,
  runLungs,
} from './architecture.js';

/** The network in TensorFlow.js, batch normalization folded. */
export interface LungsNetwork {
  /** Float32 `[N, 128, 128]`, grey 0-1, to the probability of every pixel, `[N, 128, 128]`. */
  probabilities(shades: tf.Tensor3D): tf.Tensor3D;
  dispose(): void;
}

export function buildLungsNetwork(layers: Layers): LungsNetwork {
  const variables = new Map(
    [...lungsUnits, lungsOutput].map(({ name, inputs, outputs }) => {
      const { kernel, bias } = layerOf(layers, name);
      const size = name === lungsOutput.name ? 1 : 3;
      return [name, { kernel: tf.tensor4d(kernel, [size, size, inputs, outputs]), bias: tf.tensor1d(bias) }];
    }),
  );
  const convolve = (input: tf.Tensor4D, name: string): tf.Tensor4D => {
    const layer = variables.get(name);
    if (!layer) throw new Error(`${name} was not built`);
    return tf.conv2d(input, layer.kernel, 1, 'same').add(layer.bias);
  };
  return {
    probabilities: (shades) =>
      tf.tidy(() => {
        const logits = runLungs(standardized(shades), {
          ...lungsResizing,
          unit: (input, { name }) => convolve(input, name).relu(),
          output: (input) => convolve(input, lungsOutput.name),
        });
        const large = tf.image.resizeBilinear(logits, [lungsSide, lungsSide], false, true);
        return large.sigmoid().as3D(shades.shape[0], lungsSide, lungsSide);
      }),
    dispose: () => tf.dispose([...variables.values()].flatMap(({ kernel, bias }) => [kernel, bias])),
  };
}

/** Everything but the convolutions, on `[N, height, width, channels]`. Differentiable. */
export const lungsResizing: Pick<LungsOperations<tf.Tensor4D>, 'halve' | 'double' | 'add'> = {
  halve: (input) => tf.maxPool(input, 2, 2, 'valid'),
  double(input) {
    const [, height, width] = input.shape;
    return tf.image.resizeNearestNeighbor(input, [2 * height, 2 * width]);
  },
  add: (a, b) => a.add(b),
};

/** Each picture with mean 0 and deviation 1, `[N, 128, 128, 1]`. */
export function standardized(shades: tf.Tensor3D): tf.Tensor4D {
  return tf.tidy(() => {
    const centred = shades.sub(shades.mean([1, 2], true));
    const deviation = centred.square().mean([1, 2], true).sqrt();
    const [count] = shades.shape;
    return centred.div(deviation.add(deviationFloor)).as4D(count, lungsSide, lungsSide, 1);
  });
}
