import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { openSession } from '../onnx/session.js';
import { fingerprintOf, weightsFileName } from '../weights/read-weights.js';
import { DamagedWeightsError, readSafetensors, requireShapes, type Tensors } from '../weights/safetensors.js';
import { lungsShapes, lungsSide } from './architecture.js';
import { readLungsCard } from './card.js';
import { foldLungs } from './folded.js';
import { buildLungsModel } from './graph.js';
import { toLungsInput } from './input.js';

/** Finds the lungs in pictures. */
export interface Segmenter {
  /**
   * @param shades `[side, side]`, grey 0-1, row-major.
   * @returns the probability of every pixel of 128 x 128 to be lung. Blocks the calling thread.
   */
  segment(shades: Float32Array, side: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Every tensor, checked against the card's fingerprint and the architecture's shapes. */
export async function readLungsWeights(directory: string): Promise<Tensors> {
  const { fingerprints } = await readLungsCard(directory);
  const file = await readFile(join(directory, weightsFileName));
  if (fingerprintOf(file) !== fingerprints.weights)
    throw new DamagedWeightsError(`${weightsFileName} of the lungs is not the one that their card names`);
  const tensors = readSafetensors(file);
  requireShapes(tensors, lungsShapes());
  return tensors;
}

/** In ONNX Runtime on this thread. */
export async function openSegmenter(tensors: Tensors, threads = 1): Promise<Segmenter> {
  const session = await openSession(buildLungsModel(foldLungs(tensors)), threads);
  return {
    async segment(shades, side) {
      const input = toLungsInput(shades, side);
      const { lungs } = await session.run({ input: new Tensor('float32', input, [1, lungsSide, lungsSide]) });
      const data = lungs?.data;
      if (!(data instanceof Float32Array) || data.length !== lungsSide * lungsSide)
        throw new Error('the graph gave no lungs');
      return data;
    },
    close: () => session.release(),
  };
}
