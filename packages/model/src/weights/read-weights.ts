import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { correctionShapes, headShapes, trunkShapes, typeShapes } from '../architecture.js';
import { readModelCard } from '../card/model-card.js';
import { DamagedWeightsError, readSafetensors, requireShapes, type Tensors } from './safetensors.js';

export const weightsFileName = 'weights.safetensors';

/**
 * Every tensor of the network, checked against the card's fingerprint and the architecture's shapes. Throws
 * DamagedWeightsError when the file is another than the card vouches for.
 */
export async function readWeights(modelDirectory: string): Promise<Tensors> {
  const { fingerprints } = await readModelCard(modelDirectory);
  const file = await readFile(join(modelDirectory, weightsFileName));
  const found = fingerprintOf(file);
  if (found !== fingerprints.weights)
    throw new DamagedWeightsError(
      `${weightsFileName} has SHA-256 ${found}, the model card says ${fingerprints.weights}`,
    );
  const tensors = readSafetensors(file);
  const optional = [...typeShapes(), ...correctionShapes()].filter(([name]) => tensors.has(name));
  requireShapes(tensors, new Map([...trunkShapes(), ...headShapes(), ...optional]));
  return tensors;
}

export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
