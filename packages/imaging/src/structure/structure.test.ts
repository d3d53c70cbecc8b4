import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhantom, prepareImage, readHeader, reencodeForViewing } from '../index.js';
import { losslessJpeg } from '../samples/lossless-jpeg.js';
import { manyScansJpeg } from '../samples/many-scans.js';

const phantom = await drawPhantom({ seed: 7, width: 700, height: 560 });
const png = await sharp(phantom).toColourspace('b-w').png().toBuffer();

function meanDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

async function inputOf(bytes: Uint8Array): Promise<Float32Array> {
  const prepared = await prepareImage(bytes);
  if (!prepared.ok) throw new Error(prepared.reason);
  return prepared.value.input;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** The picture with chunks put in behind its header. */
function withChunks(chunks: readonly Buffer[], end = chunk('IEND', Buffer.alloc(0))): Buffer {
  const header = 8 + 25;
  return Buffer.concat([png.subarray(0, header), ...chunks, png.subarray(header, -12), end]);
}

describe('work is bounded before a decoder sees the file', () => {
  it('refuses JPEGs of more scans, or of larger ones, than any X-ray has', async () => {
    const started = performance.now();
    for (const bomb of [manyScansJpeg(600, 600, 883), manyScansJpeg(6_000, 6_000, 90)]) {
      expect(await prepareImage(bomb)).toEqual({ ok: false, reason: 'TOO_COMPLEX_TO_DECODE' });
      expect(await reencodeForViewing(bomb)).toEqual({ ok: false, reason: 'TOO_COMPLEX_TO_DECODE' });
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('counts what a progressive JPEG makes the decoder hold', async () => {
    expect(await readHeader(manyScansJpeg(8_000, 8_000, 1))).toEqual({ ok: false, reason: 'TOO_LARGE' });
  });

  it.each([
    ['zTXt', 'k\0\0'],
    ['iTXt', 'k\0\x01\0\0\0'],
    ['iCCP', 'p\0\0'],
  ])('reads a PNG whatever its %s chunks would inflate to', async (type, head) => {
    const inflated = deflateSync(Buffer.alloc(8e6));
    const bomb = withChunks(
      Array.from({ length: 400 }, () => chunk(type, Buffer.concat([Buffer.from(head, 'latin1'), inflated]))),
    );
    const started = performance.now();
    expect(meanDifference(await inputOf(bomb), await inputOf(png))).toBe(0);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('refuses a file of nothing but tiny parts', async () => {
    const chunks = withChunks(Array<Buffer>(200_000).fill(chunk('IDAT', Buffer.alloc(0))));
    const comment = Uint8Array.of(0xff, 0xfe, 0, 2);
    const segments = Buffer.concat([
      phantom.subarray(0, 2),
      ...Array<Uint8Array>(100_000).fill(comment),
      phantom.subarray(2),
    ]);
    for (const bomb of [chunks, segments])
      expect(await prepareImage(bomb)).toEqual({ ok: false, reason: 'TOO_COMPLEX_TO_DECODE' });
  });

  it('keeps the orientation of what it leaves out', async () => {
    const turned = await sharp(png)
      .rotate(90)
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: turned.info.width, height: turned.info.height, channels: 1 as const };
    const sideways = sharp(turned.data, { raw }).withMetadata({ orientation: 8 });
    for (const bytes of [
      await sideways.clone().png().toBuffer(),
      await sideways.jpeg({ quality: 98 }).toBuffer(),
    ]) {
      const prepared = await prepareImage(bytes);
      expect(prepared).toMatchObject({ ok: true, value: { width: 700, height: 560 } });
      expect(prepared.ok && meanDifference(prepared.value.input, await inputOf(png))).toBeLessThan(0.01);
    }
  });
});

describe('a JPEG of another process', () => {
  it('is read as its twin when it is lossless, at any size', async () => {
    for (const width of [700, 2_600]) {
      const picture = sharp(phantom).resize(width).toColourspace('b-w');
      const { data, info } = await picture.clone().raw().toBuffer({ resolveWithObject: true });
      const twin = losslessJpeg(data, info.width, info.height);
      const plain = await picture.png().toBuffer();
      expect(meanDifference(await inputOf(twin), await inputOf(plain))).toBeLessThan(0.002);
      const [one, other] = await Promise.all([twin, plain].map((bytes) => reencodeForViewing(bytes)));
      if (!one?.ok || !other?.ok) throw new Error('not shown');
      expect(one.value).toMatchObject({ width: other.value.width, height: other.value.height });
      expect(meanDifference(...(await shadesOf(one.value.bytes, other.value.bytes)))).toBeLessThan(1);
    }
  }, 60_000);

  it.each([
    ['12 bits', () => losslessJpeg(new Uint16Array(200 * 200), 200, 200, 12)],
    ['hierarchical', () => ofProcess(0xc5)],
    ['with arithmetic coding', () => ofProcess(0xc9)],
    ['of no known process', () => ofProcess(0xcf)],
  ] as const)('is refused when it is %s', async (_, make) => {
    expect(await prepareImage(make())).toEqual({ ok: false, reason: 'UNSUPPORTED_TYPE' });
  });

  function ofProcess(code: number): Uint8Array {
    const at = Buffer.from(phantom).indexOf(Uint8Array.of(0xff, 0xc0));
    return Uint8Array.from(phantom).fill(code, at + 1, at + 2);
  }

  async function shadesOf(one: Uint8Array, other: Uint8Array): Promise<[Float32Array, Float32Array]> {
    const [a, b] = await Promise.all(
      [one, other].map(async (bytes) =>
        Float32Array.from(await sharp(bytes).toColourspace('b-w').raw().toBuffer()),
      ),
    );
    return [a ?? new Float32Array(), b ?? new Float32Array()];
  }
});

describe('damage in the middle', () => {
  const places = Array.from({ length: 12 }, (_, at) => (at + 1) / 14);
  const kinds: [string, () => Promise<Uint8Array>][] = [
    ['a JPEG', async () => sharp(phantom).toColourspace('b-w').jpeg({ quality: 60 }).toBuffer()],
    ['a colour JPEG', async () => sharp(phantom).toColourspace('srgb').jpeg({ quality: 85 }).toBuffer()],
    ['a PNG', async () => png],
  ];
  it.each(kinds)('is noticed in %s, cut out or zeroed at any of twelve places', async (_, make) => {
    const whole = await make();
    expect((await prepareImage(whole)).ok).toBe(true);
    for (const place of places) {
      const at = Math.floor(whole.length * place);
      const cut = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 500)]);
      const zeroed = Uint8Array.from(whole).fill(0, at, at + 64);
      for (const damaged of [cut, zeroed])
        expect(await prepareImage(damaged)).toEqual({ ok: false, reason: 'DAMAGED' });
    }
  });

  it('is noticed when only the end mark of a PNG is missing', async () => {
    expect(await prepareImage(png.subarray(0, -12))).toEqual({ ok: false, reason: 'DAMAGED' });
  });

  it('is not seen in sound JPEGs of any sampling, coding or size', async () => {
    for (const [width, height] of [
      [700, 560],
      [701, 563],
      [129, 400],
    ] as const) {
      const picture = sharp(phantom).resize(width, height, { fit: 'fill' });
      for (const options of [
        { chromaSubsampling: '4:2:0' },
        { chromaSubsampling: '4:4:4' },
        { optimiseCoding: false },
        { mozjpeg: true },
        { progressive: true },
        { quality: 100 },
        { quality: 5 },
      ]) {
        for (const space of ['srgb', 'b-w', 'cmyk']) {
          const bytes = await picture.clone().toColourspace(space).jpeg(options).toBuffer();
          expect((await prepareImage(bytes)).ok).toBe(true);
        }
      }
    }
  }, 60_000);
});
