import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fullScale } from './full-scale.js';
import { drawPhantom, prepareImage, reencodeForViewing } from './index.js';

const phantom = await drawPhantom({ seed: 7, width: 600, height: 480 });
const { data: shades, info } = await sharp(phantom)
  .toColourspace('b-w')
  .raw()
  .toBuffer({ resolveWithObject: true });
const twin = await sharp(phantom).toColourspace('b-w').png().toBuffer();

async function stored(bits: number, extremes = 0): Promise<Uint8Array> {
  const samples = Uint16Array.from(shades, (shade) => Math.round((shade * (2 ** bits - 1)) / 255));
  // A burnt-in mark in the corner, and dead pixels.
  for (let row = 0; row < Math.sqrt(extremes); row += 1)
    samples.fill(65_535, row * info.width, row * info.width + Math.sqrt(extremes));
  for (let at = 0; extremes && at < samples.length; at += 9_973) samples[at] = (at * 31) % 65_536;
  const raw = { width: info.width, height: info.height, channels: 1 as const };
  return sharp(samples, { raw }).toColourspace('grey16').png().toBuffer();
}

async function difference(bytes: Uint8Array): Promise<{ model: number; viewer: number }> {
  const [ours, theirs] = await Promise.all([bytes, twin].map((each) => prepareImage(each)));
  const [shown, plain] = await Promise.all([bytes, twin].map((each) => reencodeForViewing(each)));
  if (!ours?.ok || !theirs?.ok || !shown?.ok || !plain?.ok) throw new Error('not read');
  const [one, other] = [ours.value.input, theirs.value.input];
  const pixels = (copy: Uint8Array) => sharp(copy).toColourspace('b-w').raw().toBuffer();
  const [a, b] = await Promise.all([pixels(shown.value.bytes), pixels(plain.value.bytes)]);
  const mean = (left: ArrayLike<number>, right: ArrayLike<number>) =>
    Array.from(left).reduce((sum, value, at) => sum + Math.abs(value - (right[at] ?? 0)), 0) / left.length;
  return { model: mean(one, other), viewer: mean(a, b) };
}

describe('samples stored in 16 bits', () => {
  it.each([8, 9, 10, 11, 12, 13, 14, 15, 16])(
    'of %i bits have the shades of 8 for model and viewer',
    async (bits) => {
      const { model, viewer } = await difference(await stored(bits));
      expect(model).toBeLessThan(0.004);
      expect(viewer).toBeLessThan(1);
    },
  );

  it.each([10, 12, 14])('of %i bits keep them beside a burnt-in mark and dead pixels', async (bits) => {
    const { model, viewer } = await difference(await stored(bits, 1_600));
    expect(model).toBeLessThan(0.02);
    expect(viewer).toBeLessThan(4);
  });

  it('are taken as the file says, unless it says what cannot be', () => {
    const dim = Uint16Array.from({ length: 1_000 }, (_, at) => at);
    expect(fullScale(dim, null)).toBe(1_023);
    expect(fullScale(dim, 12)).toBe(4_095);
    expect(fullScale(dim, 8)).toBe(65_535);
    // Stretched by a converter that says what they were.
    expect(
      fullScale(
        dim.map((sample) => sample * 60),
        12,
      ),
    ).toBe(65_535);
    expect(
      fullScale(
        Uint16Array.from([0, 1, 40, 90], (shade) => shade * 257),
        null,
      ),
    ).toBe(65_535);
  });
});
