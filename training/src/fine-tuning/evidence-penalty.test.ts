import { featureCount } from '@lucency/model/card';
import { startWasmBackend } from '@lucency/model/tfjs';
import { seededRandom } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Head } from '../network/head.js';
import { evidenceOutside, penaltyAt } from './evidence-penalty.js';

beforeAll(startWasmBackend);

describe('the evidence of the head', () => {
  it('is the logit, cell by cell, with a constant that no cell moves', () => {
    const head = Head.untrained(seededRandom(3));
    const maps = tf.randomUniform<tf.Rank.R4>([2, 3, 3, featureCount], 0, 1, 'float32', 5);
    const logits = head.logits(maps.mean<tf.Tensor2D>([1, 2])).dataSync();
    const means = head.evidence(maps).mean(1).dataSync();
    // Untrained biases are 0, so there is no constant.
    means.forEach((mean, at) => {
      expect(mean).toBeCloseTo(logits[at] ?? Number.NaN, 4);
    });
  });
});

describe('evidence outside the lungs', () => {
  const outside = (evidence: number[], covered: number[]) =>
    evidenceOutside(tf.tensor2d([evidence]), tf.tensor2d([covered])).dataSync()[0];

  it('costs its share of all evidence, for and against', () => {
    expect(outside([300, -100, 0, 0], [1, 0, 0, 0])).toBeCloseTo(0.25, 2);
    expect(outside([300, -100, 0, 0], [1, 0.5, 0, 0])).toBeCloseTo(0.125, 2);
    expect(outside([0, 0, 0, 0], [0, 0, 0, 0])).toBe(0);
  });

  it('costs little at first and all of it later', () => {
    const penalty = { weight: 0.3, growsOver: 0.5 };
    expect([0, 25, 50, 100].map((step) => penaltyAt(penalty, step, 100))).toEqual([0, 0.15, 0.3, 0.3]);
  });
});
