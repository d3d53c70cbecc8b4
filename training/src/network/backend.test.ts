import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTrainingBackend, trainingBackend } from './backend.js';

let cache = '';
const before = process.env.XDG_CACHE_HOME;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'lucency-cache-'));
  process.env.XDG_CACHE_HOME = cache;
});

afterEach(async () => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  await rm(cache, { recursive: true });
});

it('trains the head without the native engine, and says what fine-tuning needs', async () => {
  expect(trainingBackend()).toBe('wasm');
  await expect(startTrainingBackend('fine-tuning', 1)).rejects.toThrow(/npm run native.*--resume/);
  await startTrainingBackend('head', 1);
});
