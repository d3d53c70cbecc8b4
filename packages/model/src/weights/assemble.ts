import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { correctionShapes, headShapes, trunkShapes } from '../architecture.js';
import { readModelCard } from '../card/model-card.js';
import {
  DamagedWeightsError,
  readSafetensors,
  requireShapes,
  type Tensors,
  writeSafetensors,
} from './safetensors.js';
import { readPackagedTrunk } from './trunk.js';

export const weightsFileName = 'weights.safetensors';
export const headFileName = 'head.safetensors';

/**
 * Makes `weights.safetensors` beside the card out of the packaged trunk and the committed head, unless the card's
 * own is there already; one left over from an earlier card is replaced. Safe to run several times at once: the
 * file appears whole or not at all. Answers its path. Throws DamagedWeightsError when a fingerprint differs from
 * the card's.
 */
export async function assembleWeights(modelDirectory: string): Promise<string> {
  const path = join(modelDirectory, weightsFileName);
  const { fingerprints } = await readModelCard(modelDirectory);
  if (existsSync(path)) {
    const found = fingerprintOf(await readFile(path));
    if (found === fingerprints.weights) return path;
    // A model that comes whole has no head to start again from.
    if (!existsSync(join(modelDirectory, headFileName)))
      requireFingerprint(weightsFileName, found, fingerprints.weights);
  }
  const headFile = await readFile(join(modelDirectory, headFileName));
  requireFingerprint(headFileName, fingerprintOf(headFile), fingerprints.head);
  const trunk = await readPackagedTrunk();
  requireFingerprint('the packaged trunk', trunk.fingerprint, fingerprints.trunk);
  const weights = joinWeights(trunk.tensors, readSafetensors(headFile));
  requireFingerprint(weightsFileName, fingerprintOf(weights), fingerprints.weights);
  await writeWhole(path, weights);
  return path;
}

/** The bytes of `weights.safetensors`: the trunk in the network's order, then the head. */
export function joinWeights(trunk: Tensors, head: Tensors): Uint8Array {
  requireShapes(trunk, trunkShapes());
  requireShapes(head, headShapes());
  return writeSafetensors(new Map([...trunk, ...head]));
}

/** Every tensor of the network, checked against the card's fingerprint and the architecture's shapes. */
export async function readWeights(modelDirectory: string): Promise<Tensors> {
  const file = await readFile(await assembleWeights(modelDirectory));
  const tensors = readSafetensors(file);
  const corrections = [...correctionShapes()].filter(([name]) => tensors.has(name));
  requireShapes(tensors, new Map([...trunkShapes(), ...headShapes(), ...corrections]));
  return tensors;
}

export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function requireFingerprint(what: string, found: string, expected: string | undefined): void {
  if (found !== expected)
    throw new DamagedWeightsError(`${what} has SHA-256 ${found}, the model card says ${expected}`);
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = await mkdtemp(`${path}.`);
  try {
    await writeFile(join(folder, basename(path)), bytes);
    await rename(join(folder, basename(path)), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
