import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inputSize, textureCount, typeLayer } from './architecture.js';
import { decide } from './card/decide.js';
import type { Engine } from './card/engine.js';
import { drawGoldenInput } from './card/golden-input.js';
import { locateModel } from './card/locate-model.js';
import { type ModelCard, readModelCard } from './card/model-card.js';
import { openModelRunner } from './onnx/open-runner.js';
import type { ModelRunner } from './running/runner.js';
import { createTfjsEngine } from './tfjs/engine.js';

const chest = drawGoldenInput();

/** Inputs that have nothing in common but their size. */
const inputs: Record<string, Float32Array> = {
  'the drawn chest': chest,
  'its mirror image': chest.map((_, index) => {
    const [row, column, channel] = [Math.floor(index / 672), Math.floor(index / 3) % 224, index % 3];
    return chest[row * 672 + (223 - column) * 3 + channel] ?? 0;
  }),
  'a dim one': chest.map((value) => 0.4 * value ** 1.5),
  'a coloured ramp': chest.map((_, index) => ((index % 3) + 1) * (index / chest.length / 3)),
  black: new Float32Array(inputSize * inputSize * 3),
  noise: chest.map((_, index) => 0.5 + 0.5 * Math.sin(index * index * 12.9898)),
};

let card: ModelCard;
let float: ModelRunner;
let bytes: ModelRunner;
let portable: Engine;

beforeAll(async () => {
  const directory = await locateModel();
  card = await readModelCard(directory);
  float = await openModelRunner(directory, 'fp32', 1);
  bytes = await openModelRunner(directory, 'int8', 1);
  portable = await createTfjsEngine({ modelDir: directory });
}, 120_000);

afterAll(async () => {
  await Promise.all([float?.close(), bytes?.close(), portable?.close()]);
});

async function answer(runner: ModelRunner, input: Float32Array) {
  const { logits, ...rest } = await runner.run([input]);
  return { logit: logits[0] ?? Number.NaN, ...rest };
}

/** Largest difference, as a share of the largest value. */
function difference(a: Float32Array, b: Float32Array): number {
  const largest = Math.max(...b.map(Math.abs));
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0)))) / largest;
}

describe.each(Object.entries(inputs))('on %s', (_, input) => {
  it('ONNX in single precision and TensorFlow.js say the same probability to 1e-4', async () => {
    const { logit } = await answer(float, input);
    const other = await portable.classify(input.slice());
    expect(Math.abs(decide(logit, card).probability - decide(other.logit, card).probability)).toBeLessThan(
      1e-4,
    );
    expect(Math.abs(logit - other.logit)).toBeLessThan(1e-3);
  }, 30_000);

  it('the evidence map of the graph is what automatic differentiation finds', async () => {
    const { evidence } = await answer(float, input);
    const { evidence: derived } = await portable.classify(input.slice());
    expect(difference(evidence, derived)).toBeLessThan(1e-3);
  }, 30_000);

  it('ONNX in single precision and TensorFlow.js see the same texture', async () => {
    const { texture } = await answer(float, input);
    const { texture: other } = await portable.classify(input.slice());
    expect(texture).toHaveLength(textureCount);
    expect(difference(texture, other)).toBeLessThan(1e-3);
  }, 30_000);
});

it('ONNX and TensorFlow.js tell the same types apart, where the card says that the model does', async () => {
  const [{ types }, { types: other }] = [await answer(float, chest), await portable.classify(chest.slice())];
  expect(types?.length ?? 0).toBe(card.types ? typeLayer.outputs : 0);
  if (types && other) expect(difference(types, other)).toBeLessThan(1e-3);
  else expect(other).toBeNull();
}, 30_000);

describe('in bytes', () => {
  it('the drawn chest gets the answer of single precision, and evidence in the same places', async () => {
    const [exact, rough] = [await answer(float, chest), await answer(bytes, chest)];
    expect(Math.abs(exact.logit - rough.logit)).toBeLessThan(0.5);
    expect(correlation(exact.evidence, rough.evidence)).toBeGreaterThan(0.9);
    expect(correlation(exact.texture, rough.texture)).toBeGreaterThan(0.99);
  });

  it('an image answers alike alone and in a batch of eight', async () => {
    const alone = await answer(bytes, chest);
    const { logits, evidence, texture } = await bytes.run(
      Array.from({ length: 8 }, (_, at) => (at === 5 ? chest : chest.map((v) => 1 - v))),
    );
    expect(logits[5]).toBeCloseTo(alone.logit, 4);
    expect(difference(evidence.slice(5 * 49, 6 * 49), alone.evidence)).toBeLessThan(1e-3);
    const own = texture.slice(5 * textureCount, 6 * textureCount);
    expect(difference(own, alone.texture)).toBeLessThan(1e-3);
  });
});

it('TensorFlow.js leaves no tensor behind', async () => {
  await portable.classify(chest.slice());
  const { numTensors } = tf.memory();
  await portable.classify(chest.slice());
  expect(tf.memory().numTensors).toBe(numTensors);
}, 30_000);

function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const dot = (x: Float32Array, meanX: number, y: Float32Array, meanY: number) =>
    x.reduce((sum, value, index) => sum + (value - meanX) * ((y[index] ?? 0) - meanY), 0);
  return dot(a, meanA, b, meanB) / Math.sqrt(dot(a, meanA, a, meanA) * dot(b, meanB, b, meanB));
}
