import { regionWithin, wholePicture } from '@lucency/contracts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhantom, prepareImage } from './index.js';

const [width, height] = [750, 600];
const phantom = await sharp(await drawPhantom({ seed: 7, width, height }))
  .toColourspace('b-w')
  .png()
  .toBuffer();
const plain = await preparedOf(phantom);

type Sides = { top?: number; bottom?: number; left?: number; right?: number };

async function preparedOf(bytes: Uint8Array) {
  const prepared = await prepareImage(bytes);
  if (!prepared.ok) throw new Error(prepared.reason);
  return prepared.value;
}

function framed(sides: Sides, background: string, picture: Uint8Array = phantom) {
  return sharp(picture)
    .extend({ ...sides, background })
    .toColourspace('b-w');
}

async function differenceOf(bytes: Uint8Array) {
  const prepared = await preparedOf(bytes);
  const sum = prepared.input.reduce(
    (total, value, at) => total + Math.abs(value - (plain.input[at] ?? 0)),
    0,
  );
  return { mean: sum / prepared.input.length, ...prepared };
}

const all = (by: number) => ({ top: by, bottom: by, left: by, right: by });
const margins: [string, () => Promise<Uint8Array>][] = [
  ['a white frame', () => framed(all(60), '#fff').png().toBuffer()],
  ['a grey frame', () => framed(all(60), '#777').png().toBuffer()],
  ['black bars to a square', () => framed({ top: 75, bottom: 75 }, '#000').png().toBuffer()],
  ['bars left and right', () => framed({ left: 150, right: 150 }, '#fff').png().toBuffer()],
  ['a black frame', () => framed(all(60), '#000').png().toBuffer()],
  ['black bars left and right', () => framed({ left: 150, right: 150 }, '#000').png().toBuffer()],
  ['a bar on one side', () => framed({ top: 120 }, '#fff').png().toBuffer()],
  ['a frame with the noise of JPEG', () => framed(all(60), '#ddd').jpeg({ quality: 80 }).toBuffer()],
  [
    'a black frame within a white one',
    async () =>
      framed(all(40), '#fff', await framed(all(40), '#000').png().toBuffer())
        .png()
        .toBuffer(),
  ],
  [
    'a frame, lying on its side',
    async () =>
      sharp(await framed({ top: 90, left: 50 }, '#fff').rotate(90).png().toBuffer())
        .withMetadata({ orientation: 8 })
        .png()
        .toBuffer(),
  ],
];

describe('flat margins', () => {
  it.each(margins)('are cut off: %s', async (_, make) => {
    const { mean, region } = await differenceOf(await make());
    expect(mean).toBeLessThan(0.02);
    expect(region.width * region.height).toBeLessThan(0.95);
  });

  it('are cut off around a negative, too', async () => {
    const negative = await sharp(phantom).negate().png().toBuffer();
    const { mean, inverted } = await differenceOf(await framed(all(80), '#000', negative).png().toBuffer());
    expect(inverted).toBe(true);
    expect(mean).toBeLessThan(0.02);
  });

  it('leave the size of the original, and say where in it the input lies', async () => {
    const prepared = await preparedOf(await framed({ top: 200, right: 250 }, '#fff').png().toBuffer());
    expect(prepared).toMatchObject({ width: 1_000, height: 800, region: { x: 0 } });
    expect(prepared.region.y).toBeCloseTo(0.25, 2);
    expect(prepared.region.width).toBeCloseTo(0.75, 2);
    expect(prepared.region.height).toBeCloseTo(0.75, 2);
  });

  it('are none where an X-ray only ends darkly', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const { region } = await preparedOf(await drawPhantom({ seed, width: 600, height: 480 }));
      expect(region).toEqual(wholePicture);
    }
  });
});

it('takes parts of parts', () => {
  const outer = { x: 0.5, y: 0, width: 0.5, height: 1 };
  expect(regionWithin(outer, { x: 0.5, y: 0.25, width: 0.5, height: 0.5 })).toEqual({
    x: 0.75,
    y: 0.25,
    width: 0.25,
    height: 0.5,
  });
});
