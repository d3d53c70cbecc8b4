import { expect, it } from 'vitest';
import { compressedRamps, type RampOptions, ramp, rampFile, rampValues } from '../samples/ramp.js';
import type { ElementToWrite } from '../samples/write-dicom.js';
import { readFrameInfo, renderFrame } from './render-frame.js';

const byName: Readonly<Record<string, string>> = {
  rle: '1.2.840.10008.1.2.5',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  jpegLs: '1.2.840.10008.1.2.4.80',
  htj2k: '1.2.840.10008.1.2.4.201',
  jpegLossless: '1.2.840.10008.1.2.4.57',
  jpegLosslessSv1: '1.2.840.10008.1.2.4.70',
};

async function pixels(file: Uint8Array): Promise<number[]> {
  const frame = await renderFrame(file);
  if (!frame.ok) throw new Error(`${frame.problem.code}: ${frame.problem.detail}`);
  return [...frame.value.pixels];
}

async function problemOf(file: Uint8Array): Promise<string> {
  const frame = await renderFrame(file);
  return frame.ok ? 'rendered' : frame.problem.code;
}

function shades(share: (value: number) => number, values: readonly number[] = rampValues): number[] {
  return values.map((value) => Math.round(255 * Math.min(1, Math.max(0, share(value)))));
}

const largest = Math.max(...rampValues);
const wholeRange = shades((value) => value / largest);

function frameNamed(name: string): Uint8Array {
  const text = compressedRamps[name];
  if (text === undefined) throw new Error(`no frame ${name}`);
  return Buffer.from(text, 'base64');
}

function syntaxNamed(name: string): string {
  const known = Object.keys(byName)
    .filter((start) => name.startsWith(start))
    .sort((one, other) => other.length - one.length)[0];
  const uid = known && byName[known];
  if (!uid) throw new Error(`no syntax for ${name}`);
  return uid;
}

function rampWith(elements: readonly ElementToWrite[], options: RampOptions = {}): Buffer {
  return rampFile({ ...options, elements });
}

const window = (center: string, width: string, shape?: string): ElementToWrite[] => [
  { tag: 0x00281050, vr: 'DS', value: center },
  { tag: 0x00281051, vr: 'DS', value: width },
  ...(shape ? [{ tag: 0x00281056, vr: 'CS', value: shape }] : []),
];

const lut = (sequence: number, descriptor: number[], values: number[]): ElementToWrite => ({
  tag: sequence,
  vr: 'SQ',
  value: [
    [
      { tag: 0x00283002, vr: 'US', value: descriptor },
      { tag: 0x00283006, vr: 'OW', value: values },
    ],
  ],
});

it.each(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99', '1.2.840.10008.1.2.2'])(
  'uncompressed pixels of %s are those that were written',
  async (syntax) => {
    expect(await pixels(rampFile({ syntax }))).toEqual(wholeRange);
    expect(await pixels(rampFile({ syntax, signed: true }))).toEqual(wholeRange);
  },
);

const lossless = Object.keys(compressedRamps).filter(
  (name) => !['jpegBaseline', 'jpegExtended', 'jpegLosslessSixteen'].includes(name),
);

it.each(lossless)('%s is decoded without a loss', async (name) => {
  const signed = name.endsWith('Signed');
  const file = rampFile({ syntax: syntaxNamed(name), signed, frame: frameNamed(name) });
  expect(await pixels(file)).toEqual(wholeRange);
});

it('pixels may lie at any place in memory', async () => {
  for (const options of [{}, { syntax: byName.jpegLs, frame: frameNamed('jpegLs') }]) {
    const file = rampFile(options);
    for (const offset of [0, 1]) {
      const moved = Buffer.alloc(file.length + 1);
      moved.set(file, offset);
      expect(await pixels(moved.subarray(offset, offset + file.length))).toEqual(wholeRange);
    }
  }
});

it('lossless JPEG of 16 bits is decoded without a loss', async () => {
  const frame = frameNamed('jpegLosslessSixteen');
  const file = rampFile({ syntax: byName.jpegLosslessSv1, bitsStored: 16, frame });
  expect(await pixels(file)).toEqual(wholeRange);
});

it('lossy JPEG of 8 and of 12 bits is decoded to within two shades', async () => {
  const baseline = rampFile({
    syntax: '1.2.840.10008.1.2.4.50',
    bitsAllocated: 8,
    bitsStored: 8,
    elements: window('128', '256'),
    frame: frameNamed('jpegBaseline'),
  });
  const extended = rampFile({
    syntax: '1.2.840.10008.1.2.4.51',
    elements: window('2048', '4096'),
    frame: frameNamed('jpegExtended'),
  });
  const expected = shades((value) => value / 4095);
  for (const file of [baseline, extended]) {
    const rendered = await pixels(file);
    expect(
      Math.max(...rendered.map((shade, at) => Math.abs(shade - (expected[at] ?? 0)))),
    ).toBeLessThanOrEqual(2);
  }
});

it('a window is applied as its function says', async () => {
  expect(await pixels(rampWith(window('2048', '1500')))).toEqual(
    shades((value) => (value - 2047.5) / 1499 + 0.5),
  );
  expect(await pixels(rampWith(window('2048.5', '1500', 'LINEAR_EXACT')))).toEqual(
    shades((value) => (value - 2048.5) / 1500 + 0.5),
  );
  expect(await pixels(rampWith(window('2048', '1500', 'SIGMOID')))).toEqual(
    shades((value) => 1 / (1 + Math.exp((-4 * (value - 2048)) / 1500))),
  );
});

it('of several windows the first is what a viewer shows first', async () => {
  expect(await pixels(rampWith(window('2048\\100', '1500\\200')))).toEqual(
    shades((value) => (value - 2047.5) / 1499 + 0.5),
  );
});

it('rescaling comes before the window', async () => {
  const rescale: ElementToWrite[] = [
    { tag: 0x00281052, vr: 'DS', value: '-1000' },
    { tag: 0x00281053, vr: 'DS', value: '2.5' },
  ];
  expect(await pixels(rampWith([...rescale, ...window('2048', '1500')]))).toEqual(
    shades((value) => (value * 2.5 - 1000 - 2047.5) / 1499 + 0.5),
  );
});

it('a VOI LUT goes before a window, and its ends hold beyond it', async () => {
  const values = Array.from({ length: 2000 }, (_, at) => Math.floor(Math.sqrt(at / 1999) * 1023));
  const rendered = await pixels(
    rampWith([lut(0x00283010, [2000, 1000, 10], values), ...window('2048', '1500')]),
  );
  const looked = (value: number) => (values[Math.min(1999, Math.max(0, value - 1000))] ?? 0) / 1023;
  expect(rendered).toEqual(shades(looked));
});

it('a modality LUT is applied instead of rescaling', async () => {
  const values = Array.from({ length: 4096 }, (_, at) => Math.floor((at / 4095) ** 3 * 65_535));
  const looked = (value: number) => values[value] ?? 0;
  const range = looked(largest);
  expect(await pixels(rampWith([lut(0x00283000, [4096, 0, 16], values)]))).toEqual(
    shades((value) => looked(value) / range),
  );
});

it.each([
  ['MONOCHROME1', null, true],
  ['MONOCHROME1', 'INVERSE', true],
  ['MONOCHROME1', 'IDENTITY', false],
  ['MONOCHROME2', 'INVERSE', true],
  ['MONOCHROME2', null, false],
])('%s with presentation LUT shape %s: inverted %s', async (photometric, shape, inverted) => {
  const elements: ElementToWrite[] = shape ? [{ tag: 0x20500020, vr: 'CS', value: shape }] : [];
  const expected = inverted ? wholeRange.map((shade) => 255 - shade) : wholeRange;
  expect(await pixels(rampWith(elements, { photometric }))).toEqual(expected);
});

it('what lies above the stored bits is no part of the picture', async () => {
  const pixelData = Buffer.from(Uint16Array.from(rampValues, (value) => value | 0x8000).buffer);
  expect(await pixels(rampFile({ pixelData }))).toEqual(wholeRange);
});

it('stored bits need not begin at the lowest', async () => {
  const pixelData = Buffer.from(Uint16Array.from(rampValues, (value) => value << 4).buffer);
  expect(await pixels(rampFile({ pixelData, highBit: 15 }))).toEqual(wholeRange);
});

it('padding is dark and makes no part of the range', async () => {
  const padding: ElementToWrite = { tag: 0x00280120, vr: 'US', value: [largest] };
  const second = Math.max(...rampValues.filter((value) => value !== largest));
  expect(await pixels(rampWith([padding], { photometric: 'MONOCHROME1' }))).toEqual(
    rampValues.map((value) => (value === largest ? 0 : 255 - Math.round((255 * value) / second))),
  );
});

it('pixels become square', async () => {
  const frame = await renderFrame(rampWith([{ tag: 0x00280030, vr: 'DS', value: '0.2\\0.1' }]));
  expect(frame.ok && [frame.value.width, frame.value.height]).toEqual([ramp.width, 2 * ramp.height]);
});

it('tells what the frame is before a pixel of it is decoded', async () => {
  const whole = frameNamed('jpegLs');
  const file = rampFile({ syntax: byName.jpegLs, frame: whole });
  const info = readFrameInfo(file);
  expect(info.ok && info.value).toEqual({
    width: ramp.width,
    height: ramp.height,
    channels: 1,
    bitsStored: 12,
    decodedBytes: 2 * ramp.width * ramp.height,
    compressed: true,
  });
});

const size = (rows: number, columns: number): ElementToWrite[] => [
  { tag: 0x00280010, vr: 'US', value: [rows] },
  { tag: 0x00280011, vr: 'US', value: [columns] },
];

it.each<[string, () => Buffer, string]>([
  ['60,000 x 60,000 announced', () => rampWith(size(60_000, 60_000)), 'TOO_LARGE'],
  [
    '60,000 x 60,000 announced of compressed pixels',
    () => rampWith(size(60_000, 60_000), { syntax: byName.rle, frame: frameNamed('rle') }),
    'TOO_LARGE',
  ],
  [
    'another size inside of the codestream',
    () => rampWith(size(64, 40), { syntax: byName.jpeg2000, frame: frameNamed('jpeg2000') }),
    'CODEC_FAILED',
  ],
  ['no rows', () => rampWith(size(0, 40)), 'INVALID_HEADER'],
  ['too few pixels', () => rampWith(size(400, 40)), 'TRUNCATED'],
  ['many frames', () => rampWith([{ tag: 0x00280008, vr: 'IS', value: '100000000' }]), 'MULTI_FRAME'],
  ['32 bits', () => rampFile({ bitsAllocated: 32, bitsStored: 32 }), 'UNSUPPORTED_PIXELS'],
  ['more bits stored than allocated', () => rampFile({ bitsStored: 20 }), 'INVALID_HEADER'],
  [
    'a deflated bomb',
    () => rampFile({ syntax: '1.2.840.10008.1.2.1.99', pixelData: Buffer.alloc(120e6) }),
    'TOO_LARGE',
  ],
  ['no DICOM at all', () => Buffer.from('hello'.repeat(100)), 'NOT_DICOM'],
  [
    'an unknown transfer syntax',
    () => rampFile({ syntax: '1.2.840.10008.1.2.4.102', frame: frameNamed('rle') }),
    'UNSUPPORTED_TRANSFER_SYNTAX',
  ],
])('%s is a problem with a code', async (_, file, code) => {
  expect(await problemOf(file())).toBe(code);
});

it.each(Object.keys(compressedRamps))('%s cut short or damaged is a problem, never a crash', async (name) => {
  const whole = frameNamed(name);
  const syntax =
    name === 'jpegBaseline'
      ? '1.2.840.10008.1.2.4.50'
      : name === 'jpegExtended'
        ? '1.2.840.10008.1.2.4.51'
        : syntaxNamed(name);
  const bits = name === 'jpegBaseline' ? 8 : name === 'jpegLosslessSixteen' ? 16 : 12;
  const options = { syntax, bitsStored: bits, bitsAllocated: bits === 8 ? 8 : 16 };
  for (const share of [0.1, 0.5, 0.9]) {
    const frame = whole.subarray(0, Math.floor(whole.length * share));
    expect(await problemOf(rampFile({ ...options, frame }))).toBe('CODEC_FAILED');
  }
  for (let at = 0; at < whole.length; at += 7) {
    const frame = Uint8Array.from(whole);
    frame[at] = (frame[at] ?? 0) ^ 0xff;
    expect(['rendered', 'CODEC_FAILED', 'UNSUPPORTED_PIXELS']).toContain(
      await problemOf(rampFile({ ...options, frame })),
    );
  }
});

it('a file cut at any place is a problem with a code', async () => {
  const whole = rampFile({ syntax: byName.jpegLs, frame: frameNamed('jpegLs') });
  for (let end = 0; end < whole.length - 8; end += 13)
    expect(await problemOf(whole.subarray(0, end))).not.toBe('rendered');
});
