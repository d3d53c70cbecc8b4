import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { asKind, ofKind, readCheckpoint, writeCheckpoint } from './checkpoint.js';

const made: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lucency-checkpoint-'));
  made.push(folder);
  return join(folder, 'checkpoint');
}
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

const at = (steps: number) => ({ epoch: 1, stepInEpoch: steps, steps, history: [], running: [] });
const values = new Map([
  ...asKind('weights', new Map([['a', Float32Array.of(1 / 3, 2)]])),
  ...asKind('best', new Map([['a', Float32Array.of(5)]])),
]);

it('gives back every value exactly, kind by kind', async () => {
  const folder = await newFolder();
  expect(await readCheckpoint(folder)).toBeUndefined();
  await writeCheckpoint(folder, { position: at(3), values });
  const kept = await readCheckpoint(folder);
  expect(kept?.position).toEqual(at(3));
  expect(ofKind(kept?.values ?? new Map(), 'weights')).toEqual(new Map([['a', Float32Array.of(1 / 3, 2)]]));
});

it('leaves the checkpoint before when a kill comes at any moment of writing the next', async () => {
  const folder = await newFolder();
  await writeCheckpoint(folder, { position: at(3), values });
  // Killed while the next was written.
  await mkdir(`${folder}.next`);
  await writeFile(join(`${folder}.next`, 'values.safetensors'), 'half of i');
  expect((await readCheckpoint(folder))?.position.steps).toBe(3);
  // Killed between moving the old one away and the new one in.
  await rename(folder, `${folder}.last`);
  expect((await readCheckpoint(folder))?.position.steps).toBe(3);
  await writeCheckpoint(folder, { position: at(4), values });
  expect((await readCheckpoint(folder))?.position.steps).toBe(4);
});
