import * as tf from '@tensorflow/tfjs';
import { featureCount, mapSize } from '../architecture.js';
import type { Network } from './network.js';

/**
 * The signed maps of Grad-CAM (Selvaraju et al. 2017) before its ReLU, by automatic differentiation: the oracle
 * for the closed form that the ONNX graph holds. `maps`: `[N, 7, 7, 2048]`; answers `[N, 7, 7]`.
 */
export function gradCamByGradient(network: Network, maps: tf.Tensor4D): tf.Tensor3D {
  const [count] = maps.shape;
  return tf.tidy(() => {
    // Images do not see each other, so the slope of the sum is each one's own.
    const slope = tf.grad((at) => network.head(at.as4D(count, mapSize, mapSize, featureCount)).sum())(maps);
    const weights = slope.mean([1, 2]).as4D(count, 1, 1, featureCount);
    return maps.mul(weights).sum(3).as3D(count, mapSize, mapSize);
  });
}
