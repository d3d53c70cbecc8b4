import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trunkShapes } from '../architecture.js';
import { locateModel } from '../card/locate-model.js';
import { cardFileName, readModelCard } from '../card/model-card.js';
import { readWeights, weightsFileName } from './read-weights.js';

let model: string;
const made: string[] = [];
beforeAll(async () => {
  model = await locateModel();
});
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))));

async function copiedModel(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'lucency-model-'));
  made.push(path);
  for (const name of [cardFileName, weightsFileName]) await copyFile(join(model, name), join(path, name));
  return path;
}

describe('the weights file', () => {
  it('holds every tensor of the network', async () => {
    const tensors = await readWeights(model);
    for (const [name, shape] of trunkShapes()) expect(tensors.get(name)?.shape).toEqual(shape);
  });

  it('is not used when it is not the one that the card vouches for', async () => {
    const path = await copiedModel();
    const weights = await readFile(join(path, weightsFileName));
    weights[weights.length - 1] = (weights[weights.length - 1] ?? 0) ^ 1;
    await writeFile(join(path, weightsFileName), weights);
    await expect(readWeights(path)).rejects.toThrow(/SHA-256/);
  });
});

describe('the model in use', () => {
  it('is the one that LUCENCY_MODEL_DIR names', async () => {
    const path = await copiedModel();
    expect(await locateModel({ LUCENCY_MODEL_DIR: path })).toBe(path);
    await expect(locateModel({ LUCENCY_MODEL_DIR: tmpdir() })).rejects.toThrow(/holds no model.json/);
  });
});

describe('a card', () => {
  it('is refused with every fault named', async () => {
    const path = await copiedModel();
    const card = await readModelCard(path);
    await writeFile(join(path, cardFileName), JSON.stringify({ ...card, threshold: 2, id: 'No Id' }));
    await expect(readModelCard(path)).rejects.toThrow(/(?=[\s\S]*threshold)(?=[\s\S]*\bid\b)/);
  });
});
