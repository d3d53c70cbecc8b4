import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawPhantom, reencodeForViewing } from './index.js';

async function copyOf(bytes: Uint8Array) {
  const copy = await reencodeForViewing(bytes);
  if (!copy.ok) throw new Error(copy.reason);
  return copy.value;
}

it('gives viewers an upright copy without any metadata', async () => {
  const phantom = await drawPhantom({ seed: 1, width: 600, height: 480 });
  const sideways = await sharp(phantom)
    .rotate(90)
    .withExif({ IFD0: { Artist: 'name of a patient' } })
    .withMetadata({ orientation: 8 })
    .jpeg()
    .toBuffer();
  const copy = await copyOf(sideways);
  expect(copy).toMatchObject({ mediaType: 'image/jpeg', width: 600, height: 480 });
  const said = await sharp(copy.bytes).metadata();
  expect(said.exif ?? said.icc ?? said.xmp ?? said.orientation).toBeUndefined();
  expect(Buffer.from(copy.bytes).includes('patient')).toBe(false);
});

it('brings 16-bit and huge pictures down to what a browser shows well', async () => {
  const phantom = await drawPhantom({ seed: 1, width: 3000, height: 2400 });
  const deep = await sharp(phantom).toColourspace('grey16').png().toBuffer();
  const copy = await copyOf(deep);
  expect(copy).toMatchObject({ mediaType: 'image/jpeg', width: 2048, height: 1638 });
  expect((await sharp(copy.bytes).metadata()).depth).toBe('uchar');
});

it('keeps tiny pictures lossless', async () => {
  const tiny = await drawPhantom({ seed: 1, width: 224, height: 224 });
  expect((await copyOf(tiny)).mediaType).toBe('image/png');
});

it('refuses a damaged picture instead of showing half of it', async () => {
  const phantom = await drawPhantom({ seed: 1, width: 600, height: 480 });
  expect(await reencodeForViewing(phantom.subarray(0, phantom.length / 2))).toEqual({
    ok: false,
    reason: 'DAMAGED',
  });
});
