import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { startWasmBackend } from '../tfjs/wasm-backend.js';
import type { Tensors } from '../weights/safetensors.js';
import { lungsShapes, lungsSide } from './architecture.js';
import { foldLungs } from './folded.js';
import { toLungsInput } from './input.js';
import { buildLungsNetwork } from './network.js';
import { openSegmenter } from './segmenter.js';

/** Weights of no use, but every part of the network counts with them. */
function drawnWeights(): Tensors {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return new Map(
    [...lungsShapes()].map(([name, shape]) => {
      const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
      const inputs = values.length / (shape.at(-1) ?? 1);
      const positive = /gamma|variance/.test(name);
      return [
        name,
        { shape, values: values.map(() => (positive ? 1 + next() : (6 * next()) / Math.sqrt(inputs))) },
      ];
    }),
  );
}

const picture = Float32Array.from({ length: 224 * 224 }, (_, at) =>
  Math.abs(Math.sin(at / 37) * Math.cos(Math.floor(at / 224) / 19)),
);

describe('the network that finds lungs', () => {
  it('has 594,161 weights that training changes', () => {
    const trained = [...lungsShapes()].filter(([name]) => !name.includes('/moving_'));
    const count = trained.reduce((sum, [, shape]) => sum + shape.reduce((all, length) => all * length, 1), 0);
    expect(count).toBe(594_161);
  });

  it('answers the same in ONNX Runtime and in TensorFlow.js', async () => {
    await startWasmBackend();
    const tensors = drawnWeights();
    const segmenter = await openSegmenter(tensors);
    const found = await segmenter.segment(picture, 224);
    await segmenter.close();
    const network = buildLungsNetwork(foldLungs(tensors));
    const oracle = tf.tidy(() =>
      network
        .probabilities(tf.tensor3d(toLungsInput(picture, 224), [1, lungsSide, lungsSide]))
        .dataSync<'float32'>()
        .slice(),
    );
    network.dispose();
    expect(Math.max(...oracle) - Math.min(...oracle)).toBeGreaterThan(0.05);
    const worst = found.reduce((most, value, at) => Math.max(most, Math.abs(value - (oracle[at] ?? 0))), 0);
    expect(worst).toBeLessThan(1e-3);
  });

  it('sees every pixel of a picture reduced, by the area that it covers', () => {
    const even = toLungsInput(new Float32Array(224 * 224).fill(0.7), 224);
    expect(even.every((shade) => Math.abs(shade - 0.7) < 1e-6)).toBe(true);
    const spot = new Float32Array(256 * 256);
    spot[0] = 1;
    expect(toLungsInput(spot, 256)[0]).toBeCloseTo(0.25);
    const same = Float32Array.from({ length: lungsSide ** 2 }, (_, at) => at);
    expect(toLungsInput(same, lungsSide)).toEqual(same);
  });
});
