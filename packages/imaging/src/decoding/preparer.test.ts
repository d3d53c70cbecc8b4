import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createImagePreparer, drawPhantom, type ImagePreparer, prepareImage } from '../index.js';

const phantom = await drawPhantom({ seed: 3, width: 600, height: 480 });
const folder = mkdtempSync(join(tmpdir(), 'lucency-preparer-'));
// A process that prepares nothing, but dies, hangs or hoards on command.
const moody = join(folder, 'moody.mjs');
writeFileSync(
  moody,
  `process.on('message', ({ bytes: [mood], mayBeHeavy }) => {
     if (mood === 1) process.exit(9);
     if (mood === 2) throw new Error('poison');
     if (mood === 3) for (;;);
     if (mood === 4) {
       globalThis.hoard = Array.from({ length: 40 }, () => Buffer.alloc(10e6, 1));
       return;
     }
     if (mood === 5 && !mayBeHeavy) return process.send({ heavy: true });
     if (mood === 5) return setTimeout(() => process.send({ heavy: false, made: { ok: false, reason: 'BLANK' } }), 700);
     process.send({ heavy: false, made: { ok: false, reason: 'BLANK' } });
   });
   process.on('disconnect', () => process.exit());
   process.send('ready');`,
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
  hoards: Uint8Array.of(4),
  heavy: Uint8Array.of(5),
};
const bounds = { cpuMs: 300, deadlineMs: 5_000 };
const answer = { ok: false, reason: 'BLANK' };

let preparer: ImagePreparer;
afterEach(() => preparer.close());
afterAll(() => rmSync(folder, { recursive: true }));

it('prepares in processes exactly what it would prepare here', async () => {
  preparer = createImagePreparer({ processes: 2 });
  const here = await prepareImage(phantom);
  const there = await Promise.all(Array.from({ length: 6 }, () => preparer.prepare(phantom)));
  if (!here.ok) throw new Error(here.reason);
  const { input, ...said } = here.value;
  for (const prepared of there) {
    expect(prepared).toMatchObject({ ok: true, value: said });
    expect(
      prepared.ok && Buffer.compare(Buffer.from(prepared.value.input.buffer), Buffer.from(input.buffer)),
    ).toBe(0);
  }
});

it('leaves the event loop free while it prepares', async () => {
  preparer = createImagePreparer({ processes: 1 });
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

const tooComplex = { status: 'fulfilled', value: { ok: false, reason: 'TOO_COMPLEX_TO_DECODE' } };

it.each([
  ['dies', expect.objectContaining({ status: 'rejected' })],
  ['throws', expect.objectContaining({ status: 'rejected' })],
  ['hangs', tooComplex],
  ['hoards', tooComplex],
] as const)('loses only the image whose process %s', async (mood, expected) => {
  preparer = createImagePreparer({
    processes: 1,
    bounds: { ...bounds, residentBytes: 250e6, deadlineMs: 2_000 },
    file: moody,
  });
  const before = preparer.prepare(moods.well);
  const poison = preparer.prepare(moods[mood]);
  const after = preparer.prepare(moods.well);
  const [first, second, third] = await Promise.allSettled([before, poison, after]);
  expect(first).toEqual({ status: 'fulfilled', value: answer });
  expect(second).toEqual(expected);
  expect(third).toEqual({ status: 'fulfilled', value: answer });
  expect(await preparer.prepare(moods.well)).toEqual(answer);
});

it('holds against no image that its process took long to load, and still ends one that hangs then', async () => {
  preparer = createImagePreparer({ processes: 1, bounds, file: slow });
  expect(await preparer.prepare(moods.well)).toEqual(answer);
  expect(await preparer.prepare(moods.hangs)).toEqual({ ok: false, reason: 'TOO_COMPLEX_TO_DECODE' });
  expect(await preparer.prepare(moods.well)).toEqual(answer);
});

it('lets ordinary images by while a heavy one is prepared, and STAT while all places are taken', async () => {
  preparer = createImagePreparer({ processes: 1, bounds, file: moody });
  await preparer.prepare(moods.well);
  const order: string[] = [];
  const ask = (name: string, mood: Uint8Array, priority: 'STAT' | 'ROUTINE') =>
    preparer.prepare(mood, priority).then(() => order.push(name));
  await Promise.all([
    ask('heavy', moods.heavy, 'ROUTINE'),
    ask('ordinary', moods.well, 'ROUTINE'),
    ask('hangs', moods.hangs, 'ROUTINE'),
    ask('after it', moods.well, 'ROUTINE'),
    ask('urgent', moods.well, 'STAT'),
  ]);
  expect(order.indexOf('ordinary')).toBeLessThan(order.indexOf('heavy'));
  expect(order.indexOf('urgent')).toBeLessThan(order.indexOf('hangs'));
  expect(order.indexOf('urgent')).toBeLessThan(order.indexOf('after it'));
});

it('rejects what still waits when it is closed', async () => {
  preparer = createImagePreparer({ processes: 1, file: moody });
  const works = [preparer.prepare(moods.hangs), preparer.prepare(moods.well)].map((work) =>
    work.catch(String),
  );
  await preparer.close();
  for (const outcome of await Promise.all(works)) expect(outcome).toContain('closed');
});
