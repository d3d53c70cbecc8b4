import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createImagePreparer, drawPhantom, type ImagePreparer, prepareImage } from './index.js';

const phantom = await drawPhantom({ seed: 3, width: 600, height: 480 });
const folder = mkdtempSync(join(tmpdir(), 'lucency-preparer-'));
// A thread that prepares nothing, but dies or hangs on command.
const moody = join(folder, 'moody.mjs');
writeFileSync(
  moody,
  `import { parentPort } from 'node:worker_threads';
   parentPort.on('message', ([mood]) => {
     if (mood === 1) process.exit(9);
     if (mood === 2) throw new Error('poison');
     if (mood === 3) for (;;);
     parentPort.postMessage({ ok: false, reason: 'BLANK' });
   });
   parentPort.postMessage('ready');`,
);
const slow = join(folder, 'slow.mjs');
writeFileSync(
  slow,
  `import { setTimeout as sleep } from 'node:timers/promises';
   await sleep(600);
   await import('./moody.mjs');`,
);
const moods = {
  well: Uint8Array.of(0),
  dies: Uint8Array.of(1),
  throws: Uint8Array.of(2),
  hangs: Uint8Array.of(3),
};
const answer = { ok: false, reason: 'BLANK' };

let preparer: ImagePreparer;
afterEach(() => preparer.close());
afterAll(() => rmSync(folder, { recursive: true }));

it('prepares in threads exactly what it would prepare here', async () => {
  preparer = createImagePreparer({ threads: 2 });
  const here = await prepareImage(phantom);
  const there = await Promise.all(Array.from({ length: 6 }, () => preparer.prepare(phantom)));
  for (const prepared of there) expect(prepared).toEqual(here);
});

it('leaves the event loop free while it prepares', async () => {
  preparer = createImagePreparer({ threads: 1 });
  await preparer.prepare(phantom);
  let longestMs = 0;
  let last = performance.now();
  const pulse = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  }, 1);
  await Promise.all(Array.from({ length: 20 }, () => preparer.prepare(phantom)));
  clearInterval(pulse);
  expect(longestMs).toBeLessThan(100);
});

it.each(['dies', 'throws', 'hangs'] as const)('loses only the image whose thread %s', async (mood) => {
  preparer = createImagePreparer({ threads: 1, deadlineMs: 300, workerFile: moody });
  const before = preparer.prepare(moods.well);
  const poison = preparer.prepare(moods[mood]);
  const after = preparer.prepare(moods.well);
  const [first, second, third] = await Promise.allSettled([before, poison, after]);
  expect(first).toEqual({ status: 'fulfilled', value: answer });
  expect(second.status).toBe('rejected');
  expect(third).toEqual({ status: 'fulfilled', value: answer });
  expect(await preparer.prepare(moods.well)).toEqual(answer);
});

it('holds against no image that its thread took long to load, and still ends one that hangs then', async () => {
  preparer = createImagePreparer({ threads: 1, deadlineMs: 300, workerFile: slow });
  expect(await preparer.prepare(moods.well)).toEqual(answer);
  await expect(preparer.prepare(moods.hangs)).rejects.toThrow('longer than 300 ms');
  expect(await preparer.prepare(moods.well)).toEqual(answer);
});

it('rejects what still waits when it is closed', async () => {
  preparer = createImagePreparer({ threads: 1, workerFile: moody });
  const works = [preparer.prepare(moods.hangs), preparer.prepare(moods.well)].map((work) =>
    work.catch(String),
  );
  await preparer.close();
  for (const outcome of await Promise.all(works)) expect(outcome).toContain('closed');
});
