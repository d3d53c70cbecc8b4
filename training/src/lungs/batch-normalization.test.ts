import { startWasmBackend } from '@lucency/model/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { batchNormalized } from './batch-normalization.js';

const epsilon = 0.001;

beforeAll(() => startWasmBackend());

/** The same from single operations, which TensorFlow.js differentiates by itself. */
function plainly(x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D): tf.Tensor4D {
  const centred = x.sub(x.mean([0, 1, 2], true));
  const variance = centred.square().mean([0, 1, 2], true);
  return centred.div(variance.add(epsilon).sqrt()).mul(gamma).add(beta);
}

it('normalizes a batch, and its gradient in closed form is that of single operations', () => {
  const values = (count: number, step: number) =>
    Float32Array.from({ length: count }, (_, at) => Math.sin(step * at) + 0.3);
  const x = tf.tensor4d(values(2 * 3 * 4 * 5, 1.7), [2, 3, 4, 5]);
  const gamma = tf.tensor1d(values(5, 0.9));
  const beta = tf.tensor1d(values(5, 2.3));
  const weights = tf.tensor4d(values(2 * 3 * 4 * 5, 0.37), [2, 3, 4, 5]);
  let mean: tf.Tensor1D | undefined;
  const ours = (a: tf.Tensor4D, b: tf.Tensor1D, c: tf.Tensor1D) =>
    batchNormalized(a, b, c, epsilon, (of, variance) => {
      mean = of;
      variance.dispose();
    });
  const slopes = (normalize: typeof plainly) =>
    tf
      .grads((...all: tf.Tensor[]) => {
        const [a = x, b = gamma, c = beta] = all;
        return normalize(a.as4D(2, 3, 4, 5), b.as1D(), c.as1D())
          .square()
          .mul(weights)
          .sum();
      })([x, gamma, beta])
      .map((slope) => slope.dataSync());
  const found = slopes(ours);
  for (const [at, slope] of slopes(plainly).entries())
    for (const [place, value] of slope.entries()) expect(found[at]?.[place]).toBeCloseTo(value, 3);
  const expected = x.mean([0, 1, 2]).dataSync();
  for (const [at, value] of expected.entries()) expect(mean?.dataSync()[at]).toBeCloseTo(value, 5);
});
