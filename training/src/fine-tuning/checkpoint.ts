import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, type Tensors, writeSafetensors } from '@lucency/model/weights';
import type { EpochRecord } from '../optimisation/training-log.js';

/** Where a training stands between two steps. */
export interface Position {
  readonly epoch: number;
  /** Steps done in this epoch. */
  readonly stepInEpoch: number;
  readonly steps: number;
  readonly history: readonly EpochRecord[];
  /** Losses and answers of this epoch so far. */
  readonly running: readonly { readonly loss: number; readonly probability: number; readonly label: 0 | 1 }[];
}

export interface Checkpoint<P = Position> {
  readonly position: P;
  /** By kind (weights, moments, average, best) and name, as `kind:name`. */
  readonly values: ReadonlyMap<string, Float32Array>;
}

const [positionFile, valuesFile] = ['position.json', 'values.safetensors'];

/** Appears whole or not at all: a kill in the middle leaves the one before. */
export async function writeCheckpoint<P = Position>(
  folder: string,
  { position, values }: Checkpoint<P>,
): Promise<void> {
  const next = `${folder}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  const tensors: Tensors = new Map(
    [...values].map(([name, of]) => [name, { shape: [of.length], values: of }]),
  );
  await writeFile(join(next, valuesFile), writeSafetensors(tensors, 'single'));
  await writeFile(join(next, positionFile), JSON.stringify(position));
  const last = `${folder}.last`;
  await rm(last, { recursive: true, force: true });
  if (existsSync(folder)) await rename(folder, last);
  await rename(next, folder);
  await rm(last, { recursive: true, force: true });
}

/** The newest whole checkpoint, if there is one. */
export async function readCheckpoint<P = Position>(folder: string): Promise<Checkpoint<P> | undefined> {
  const place = [folder, `${folder}.last`].find((path) => existsSync(join(path, positionFile)));
  if (!place) return undefined;
  const position: P = JSON.parse(await readFile(join(place, positionFile), 'utf8'));
  const tensors = readSafetensors(await readFile(join(place, valuesFile)));
  return { position, values: new Map([...tensors].map(([name, { values }]) => [name, values])) };
}

export async function removeCheckpoint(folder: string): Promise<void> {
  for (const path of [folder, `${folder}.next`, `${folder}.last`])
    await rm(path, { recursive: true, force: true });
}

/** The values of one kind by their names. */
export function ofKind(values: ReadonlyMap<string, Float32Array>, kind: string): Map<string, Float32Array> {
  return new Map(
    [...values].flatMap(([name, of]) =>
      name.startsWith(`${kind}:`) ? [[name.slice(kind.length + 1), of] as const] : [],
    ),
  );
}

export function asKind(kind: string, values: ReadonlyMap<string, Float32Array>): [string, Float32Array][] {
  return [...values].map(([name, of]) => [`${kind}:${name}`, of]);
}
