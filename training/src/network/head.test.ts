import { startWasmBackend } from '@lucency/model/tfjs';
import { normal, seededRandom } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropoutMask } from './dropout-mask.js';
import { crossEntropy, Head } from './head.js';

beforeAll(startWasmBackend);

const random = seededRandom(3);
const features = Float32Array.from({ length: 4 * 2048 }, () => Math.abs(normal(random)));

describe('the head', () => {
  it('has the gradients that automatic differentiation finds', () => {
    const head = Head.untrained(random);
    const rows = tf.tensor2d(features, [4, 2048]);
    const mask = dropoutMask(4, random);
    const targets = tf.tensor1d([0.975, 0.025, 0.975, 0.025]);
    const weights = tf.tensor1d([0.7, 2, 0.7, 2]);
    const forward = () => {
      const active = rows.matMul(head.hiddenKernel).add(head.hiddenBias).relu().mul(mask);
      const logits = active.as2D(4, 1024).matMul(head.outputKernel).add(head.outputBias).as1D();
      return crossEntropy(logits, targets, weights);
    };
    const { value, grads } = tf.variableGrads(forward, head.variables);
    const { loss, gradients } = head.gradients(rows, mask, targets, weights);
    expect(loss.dataSync()[0]).toBeCloseTo(value.dataSync()[0] ?? Number.NaN, 5);
    for (const [variable, gradient] of gradients) {
      const expected = grads[variable.name];
      if (!expected) throw new Error('a variable without a gradient');
      expect(gradient.sub(expected).abs().max().dataSync()[0]).toBeLessThan(1e-5);
    }
  });

  it('says the same from its stored tensors', () => {
    const head = Head.untrained(random);
    const rows = tf.tensor2d(features, [4, 2048]);
    expect(Head.of(head.tensors()).logits(rows).dataSync()).toEqual(head.logits(rows).dataSync());
  });

  it('drops other units in every step, half of them', () => {
    const [first, second] = [dropoutMask(8, random).dataSync(), dropoutMask(8, random).dataSync()];
    expect(first).not.toEqual(second);
    expect(Array.from(first).filter((value) => value > 0).length / first.length).toBeCloseTo(0.5, 1);
  });
});
