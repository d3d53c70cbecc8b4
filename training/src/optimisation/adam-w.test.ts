import { startWasmBackend } from '@lucency/model/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { AdamW } from './adam-w.js';

beforeAll(startWasmBackend);

const slopes = [0.5, -0.2, 0.3, 0.3, -1];
const [rate, decay] = [0.1, 0.4];

function run(variable: tf.Variable, adam: AdamW, from: number, to: number): void {
  for (const slope of slopes.slice(from, to))
    tf.tidy(() => adam.step(new Map([[variable, tf.fill(variable.shape, slope)]]), rate, decay));
}

/** The algorithm as Loshchilov and Hutter write it, on one number. */
function byHand(weight: number, weightDecay: number): number {
  let [mean, square, kept] = [0, 0, weight];
  slopes.forEach((slope, at) => {
    mean = 0.9 * mean + 0.1 * slope;
    square = 0.999 * square + 0.001 * slope ** 2;
    const [m, v] = [mean / (1 - 0.9 ** (at + 1)), square / (1 - 0.999 ** (at + 1))];
    kept -= rate * (m / (Math.sqrt(v) + 1e-7) + weightDecay * kept);
  });
  return kept;
}

it('steps as the published algorithm does, its decay apart from the gradient', () => {
  const matrix = tf.variable(tf.tensor2d([[2]]));
  run(matrix, new AdamW(), 0, slopes.length);
  expect(matrix.dataSync()[0]).toBeCloseTo(byHand(2, decay), 5);
});

it('lets no bias decay', () => {
  const bias = tf.variable(tf.tensor1d([2]));
  run(bias, new AdamW(), 0, slopes.length);
  expect(bias.dataSync()[0]).toBeCloseTo(byHand(2, 0), 5);
});

it('goes on from its kept state as if it had never stopped', () => {
  const variable = tf.variable(tf.tensor2d([[2]]));
  const first = new AdamW();
  run(variable, first, 0, 2);
  const state = first.state(new Map([['weight', variable]]));
  const next = new AdamW();
  next.restore(new Map([['weight', variable]]), state);
  run(variable, next, 2, slopes.length);
  expect(variable.dataSync()[0]).toBeCloseTo(byHand(2, decay), 5);
});
