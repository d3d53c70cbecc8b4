import { startWasmBackend } from '@lucency/model/tfjs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { dice } from './dice.js';
import { epochOf } from './fit-lungs.js';
import { lungsLoss } from './loss.js';

beforeAll(() => startWasmBackend());

it('loses next to nothing on the right mask, and the more the less of it is found', () => {
  const shares = tf.tensor3d(
    Float32Array.from({ length: 256 }, (_, at) => (at < 80 ? 1 : 0)),
    [1, 16, 16],
  );
  const lossAt = (found: number) =>
    lungsLoss(
      tf.tensor3d(
        Float32Array.from({ length: 256 }, (_, at) => (at < found ? 20 : -20)),
        [1, 16, 16],
      ),
      shares,
    ).dataSync<'float32'>()[0] ?? Number.NaN;
  expect(lossAt(80)).toBeCloseTo(0, 3);
  expect(lossAt(60)).toBeGreaterThan(0.1);
  expect(lossAt(40)).toBeGreaterThan(lossAt(60));
});

it('measures what both masks share', () => {
  expect(dice([0.9, 0.9, 0.1, 0], [1, 0, 1, 0])).toBe(0.5);
  expect(dice([0, 0.2], [0, 0.4])).toBe(1);
});

it('shows every drawn mask in every epoch, and other predicted ones beside them', () => {
  const examples = Array.from({ length: 40 }, (_, index) => ({
    index,
    patient: String(index),
    drawn: index < 10,
  }));
  const first = epochOf(examples, 1, 0);
  expect(first.filter(({ drawn }) => drawn)).toHaveLength(10);
  expect(first.filter(({ drawn }) => !drawn)).toHaveLength(5);
  expect(epochOf(examples, 1, 0)).toEqual(first);
  expect(epochOf(examples, 1, 1)).not.toEqual(first);
});
