import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateModel } from '../card/locate-model.js';
import { cardFileName, readModelCard } from '../card/model-card.js';
import { assembleWeights, fingerprintOf, headFileName, readWeights, weightsFileName } from './assemble.js';

let model: string;
const made: string[] = [];
beforeAll(async () => {
  model = await locateModel();
});
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true }))));

/** As a fresh clone holds it: card and head. */
async function clonedModel(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'lucency-model-'));
  made.push(path);
  for (const name of [cardFileName, headFileName]) await copyFile(join(model, name), join(path, name));
  return path;
}

describe('the weights file', () => {
  it('is assembled once from the packaged trunk and the committed head, even by several at once', async () => {
    const path = await clonedModel();
    const files = await Promise.all([1, 2, 3].map(() => assembleWeights(path)));
    expect(new Set(files)).toEqual(new Set([join(path, weightsFileName)]));
    const { fingerprints } = await readModelCard(path);
    expect(fingerprintOf(await readFile(join(path, weightsFileName)))).toBe(fingerprints.weights);
    expect((await readdir(path)).sort()).toEqual([headFileName, cardFileName, weightsFileName].sort());
    const { mtimeMs } = await stat(join(path, weightsFileName));
    await assembleWeights(path);
    expect((await stat(join(path, weightsFileName))).mtimeMs).toBe(mtimeMs);
  }, 60_000);

  it('is not made from a head that is not the card’s', async () => {
    const path = await clonedModel();
    const head = await readFile(join(path, headFileName));
    head[head.length - 1] = (head[head.length - 1] ?? 0) ^ 1;
    await writeFile(join(path, headFileName), head);
    await expect(assembleWeights(path)).rejects.toThrow(/SHA-256/);
    expect(await readdir(path)).not.toContain(weightsFileName);
  });

  it('is made anew when it belongs to an earlier card', async () => {
    const path = await clonedModel();
    await writeFile(join(path, weightsFileName), 'something else');
    const { fingerprints } = await readModelCard(path);
    expect(fingerprintOf(await readFile(await assembleWeights(path)))).toBe(fingerprints.weights);
  }, 60_000);

  it('is not used when it is not the card’s and came without a head', async () => {
    const path = await clonedModel();
    await rm(join(path, headFileName));
    await writeFile(join(path, weightsFileName), 'something else');
    await expect(readWeights(path)).rejects.toThrow(/SHA-256/);
  });
});

describe('the model in use', () => {
  it('is the one that LUCENCY_MODEL_DIR names', async () => {
    const path = await clonedModel();
    expect(await locateModel({ LUCENCY_MODEL_DIR: path })).toBe(path);
    await expect(locateModel({ LUCENCY_MODEL_DIR: tmpdir() })).rejects.toThrow(/holds no model.json/);
  });
});

describe('a card', () => {
  it('is refused with every fault named', async () => {
    const path = await clonedModel();
    const card = await readModelCard(path);
    await writeFile(join(path, cardFileName), JSON.stringify({ ...card, threshold: 2, id: 'No Id' }));
    await expect(readModelCard(path)).rejects.toThrow(/(?=[\s\S]*threshold)(?=[\s\S]*\bid\b)/);
  });
});
