import { encodeByWasm, encodeRle, type Shades, xRayFile } from '@lucency/dicom/samples';
import { createImagePreparer, drawPhantom } from '@lucency/imaging';
import { locateModel, readModelCard } from '@lucency/model/card';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classifyImage } from './classify-image.js';
import { createLungFinder } from './lungs/index.js';
import { openEngine } from './open-engine.js';

/** What one exposure may differ by in the logit, however it is stored. */
const mostApart = 0.15;

let reader: Parameters<typeof classifyImage>[1];
let close: () => Promise<void>;
let shades: Shades;
let png: Uint8Array;
let jpeg: Uint8Array;

beforeAll(async () => {
  const modelDir = await locateModel();
  const engine = await openEngine({ name: 'onnx-int8', modelDir, device: 'cpu' });
  const preparer = createImagePreparer();
  const lungs = await createLungFinder();
  reader = { card: await readModelCard(modelDir), engine, preparer, lungs };
  close = async () => {
    await Promise.all([preparer.close(), lungs.close(), engine.close()]);
  };
  const drawn = sharp(
    await drawPhantom({ seed: 16, pneumonia: true, width: 1200, height: 1000 }),
  ).greyscale();
  const { data, info } = await drawn.clone().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const grey = sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
  [png, jpeg] = await Promise.all([
    grey.clone().png().toBuffer(),
    grey.clone().jpeg({ quality: 90 }).toBuffer(),
  ]);
  // Twelve bits, spread such that what a window of the whole range shows are the same shades.
  shades = {
    width,
    height,
    bits: 12,
    values: Uint16Array.from(data, (shade) => Math.round((shade * 4095) / 255)),
  };
}, 60_000);
afterAll(() => close());

async function logit(bytes: Uint8Array): Promise<number> {
  const answer = await classifyImage(bytes, reader);
  if (answer.outcome !== 'read') throw new Error(`refused: ${answer.reason}`);
  return answer.reading.logit;
}

const compressed = (frame: Uint8Array) => ({ ...shades, bitsAllocated: 16 as const, frame });

const twins: [string, () => Promise<Uint8Array>][] = [
  ['JPEG', async () => jpeg],
  ['explicit little endian', async () => xRayFile(shades)],
  ['implicit little endian', async () => xRayFile(shades, { syntax: '1.2.840.10008.1.2' })],
  ['big endian', async () => xRayFile(shades, { syntax: '1.2.840.10008.1.2.2' })],
  ['deflated', async () => xRayFile(shades, { syntax: '1.2.840.10008.1.2.1.99' })],
  [
    'MONOCHROME1',
    async () => {
      const values = shades.values.map((value) => 4095 - value);
      return xRayFile({ ...shades, values }, { photometric: 'MONOCHROME1' });
    },
  ],
  [
    'rescaled, with a window',
    async () => {
      const elements = [
        { tag: 0x00281050, vr: 'DS', value: '4096' },
        { tag: 0x00281051, vr: 'DS', value: '8192' },
        { tag: 0x00281052, vr: 'DS', value: '0' },
        { tag: 0x00281053, vr: 'DS', value: '2' },
      ];
      return xRayFile(shades, { elements });
    },
  ],
  ['RLE', async () => xRayFile(compressed(encodeRle(shades)), { syntax: '1.2.840.10008.1.2.5' })],
  [
    'baseline JPEG',
    async () =>
      xRayFile({ ...shades, bits: 8, bitsAllocated: 8, frame: jpeg }, { syntax: '1.2.840.10008.1.2.4.50' }),
  ],
  [
    'JPEG-LS',
    async () =>
      xRayFile(compressed(await encodeByWasm('jpegLs', shades)), { syntax: '1.2.840.10008.1.2.4.80' }),
  ],
  [
    'JPEG 2000',
    async () =>
      xRayFile(compressed(await encodeByWasm('jpeg2000', shades)), { syntax: '1.2.840.10008.1.2.4.90' }),
  ],
  [
    'HTJ2K',
    async () =>
      xRayFile(compressed(await encodeByWasm('htj2k', shades)), { syntax: '1.2.840.10008.1.2.4.201' }),
  ],
];

it.each(twins)(
  '%s gives the answer of its PNG twin',
  async (_, file) => {
    expect(Math.abs((await logit(await file())) - (await logit(png)))).toBeLessThanOrEqual(mostApart);
  },
  30_000,
);

it('a lateral view that says so is refused, whatever it looks like', async () => {
  const file = xRayFile(shades, { elements: [{ tag: 0x00185101, vr: 'CS', value: 'LL' }] });
  expect(await classifyImage(file, reader)).toMatchObject({ outcome: 'refused', reason: 'LATERAL_VIEW' });
});
