import { startWasmBackend } from '@lucency/model/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { WeightAverage } from './weight-average.js';

beforeAll(startWasmBackend);

it('lags behind the weights by the window of its decay, and comes back from what was kept', () => {
  const weight = tf.variable(tf.tensor1d([0]));
  const named = new Map([['weight', weight]]);
  const average = new WeightAverage(named, 0.99);
  const value = () => average.values().get('weight')?.[0] ?? Number.NaN;
  // Long enough that the beginning is forgotten: on a straight line the lag is the window, 100 steps.
  for (let step = 1; step <= 4000; step++) {
    weight.assign(tf.tensor1d([step]));
    average.follow(named, step);
  }
  expect(4000 - value()).toBeGreaterThan(90);
  expect(4000 - value()).toBeLessThan(105);
  const other = new WeightAverage(named, 0.99);
  other.restore(average.values());
  expect(other.values()).toEqual(average.values());
});
