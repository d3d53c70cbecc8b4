import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPhantom } from '@lucency/imaging';
import { coverageOf } from '@lucency/imaging/lungs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PictureStore } from '../pictures/picture-store.js';
import { decodeAll } from './decode-all.js';
import { readLungs } from './lung-masks.js';

const quiet = { show: () => {}, say: () => {} };
let folder: string;
let cache: string | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lucency-masks-'));
  cache = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
});

afterAll(() => {
  if (cache === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = cache;
  rmSync(folder, { recursive: true, force: true });
});

it('takes the lungs that were drawn, finds those that were not, and leaves a picture without lungs whole', async () => {
  const pictures = {
    'drawn.jpeg': await drawPhantom({ seed: 1, width: 400, height: 360 }),
    'found.jpeg': await drawPhantom({ seed: 2, width: 400, height: 360 }),
    'none.jpeg': await sharp({ create: { width: 300, height: 300, channels: 3, background: '#777' } })
      .jpeg()
      .toBuffer(),
  };
  for (const [name, bytes] of Object.entries(pictures)) writeFileSync(join(folder, name), bytes);
  const half = { create: { width: 8, height: 4, channels: 3 as const, background: '#fff' } };
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#000' } })
    .composite([{ input: await sharp(half).png().toBuffer(), top: 0, left: 0 }])
    .png()
    .toFile(join(folder, 'drawn.png'));
  const files = Object.keys(pictures).map((file) => ({
    file,
    path: join(folder, file),
    label: 'NORMAL' as const,
    patient: file,
    source: 'a hospital',
    otherAbnormal: false,
    textMined: false,
    boxes: [],
    groups: {},
  }));
  const store = new PictureStore(files.length, { withLungs: true });
  const decoded = await decodeAll(files, store, quiet);
  const coverages = async () => {
    await readLungs(decoded, [folder], store, quiet);
    return decoded.map(({ index }) => {
      const lungs = store.lungs(index);
      return lungs ? coverageOf(lungs) : Number.NaN;
    });
  };
  const [drawn, found, none] = await coverages();
  expect(drawn).toBeCloseTo(0.5, 2);
  expect(found).toBeGreaterThan(0.1);
  expect(found).toBeLessThan(0.6);
  expect(none).toBe(0);
  // From what was kept.
  expect(await coverages()).toEqual([drawn, found, none]);
}, 60_000);
