import * as tf from '@tensorflow/tfjs';
import { featureCount, mapSize } from '../architecture.js';
import type { Network } from './network.js';

/**
 * The signed map of Grad-CAM (Selvaraju et al. 2017) before its ReLU, by automatic differentiation: the oracle
 * for the closed form that the ONNX graph holds. `maps`: `[1, 7, 7, 2048]`; answers `[7, 7]`.
 */
export function gradCamByGradient(network: Network, maps: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => {
    const slope = tf.grad((at) => network.head(at.as4D(1, mapSize, mapSize, featureCount)).sum())(maps);
    const weights = slope.mean([1, 2]).as4D(1, 1, 1, featureCount);
    return maps.mul(weights).sum(3).as2D(mapSize, mapSize);
  });
}
