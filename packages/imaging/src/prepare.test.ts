import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhantom, inputSide, prepareImage } from './index.js';

const phantom = await drawPhantom({ seed: 7, width: 600, height: 480 });
const upright = await inputOf(phantom);
const asPng = await sharp(phantom).png().toBuffer();

async function inputOf(bytes: Uint8Array): Promise<Float32Array> {
  const prepared = await prepareImage(bytes);
  if (!prepared.ok) throw new Error(prepared.reason);
  return prepared.value.input;
}

function meanDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

/** Header and body as a PNG wants them; `pixels` may lie about what the header asks for. */
function png({ width, height, depth, interlaced }: Record<string, number>, body: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width ?? 0, 0);
  header.writeUInt32BE(height ?? 0, 4);
  header.set([depth ?? 8, 0, 0, 0, interlaced ?? 0], 8);
  const chunk = (type: string, data: Uint8Array) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(named.length + 8);
    framed.writeUInt32BE(data.length, 0);
    named.copy(framed, 4);
    framed.writeUInt32BE(crc32Of(named), named.length + 4);
    return framed;
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32Of(data: Uint8Array): number {
  if (typeof crc32 === 'function') return crc32(data);
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('what is read', () => {
  const formats: [string, () => Promise<Uint8Array>, tolerance?: number][] = [
    ['a colour JPEG', () => sharp(phantom).toColourspace('srgb').jpeg({ quality: 95 }).toBuffer()],
    ['a progressive JPEG', () => sharp(phantom).jpeg({ progressive: true, quality: 95 }).toBuffer()],
    ['a CMYK JPEG', () => sharp(phantom).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(), 0.06],
    ['a grey PNG', () => sharp(phantom).png().toBuffer()],
    ['an interlaced PNG', () => sharp(phantom).png({ progressive: true }).toBuffer()],
    ['a palette PNG', () => sharp(phantom).png({ palette: true }).toBuffer(), 0.02],
    ['a PNG with alpha', () => sharp(phantom).toColourspace('srgb').ensureAlpha().png().toBuffer()],
    ['a 16-bit grey PNG', () => deepen(257, 'grey16')],
    ['a 16-bit colour PNG', () => deepen(257, 'rgb16')],
    ['12 bits stored in 16', () => deepen(4095 / 255, 'grey16')],
    [
      'a JPEG lying on its side',
      () => sharp(phantom).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer(),
    ],
    ['a JPEG with a colour profile', () => sharp(phantom).withIccProfile('p3').jpeg().toBuffer(), 0.03],
  ];

  async function deepen(factor: number, space: 'grey16' | 'rgb16'): Promise<Uint8Array> {
    const { data, info } = await sharp(phantom)
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const samples = Uint16Array.from(data, (shade) => Math.round(shade * factor));
    const raw = { width: info.width, height: info.height, channels: 1 as const };
    return sharp(samples, { raw }).toColourspace(space).png().toBuffer();
  }

  it.each(formats)('reads %s as the same picture', async (_, make, tolerance = 0.01) => {
    const prepared = await prepareImage(await make());
    if (!prepared.ok) throw new Error(prepared.reason);
    expect(prepared.value).toMatchObject({ width: 600, height: 480, inverted: false, kernel: 'linear' });
    expect(prepared.value.input).toHaveLength(inputSide * inputSide * 3);
    expect(meanDifference(prepared.value.input, upright)).toBeLessThan(tolerance);
  });

  it('leaves an embedded grey profile aside, as the training files did', async () => {
    const plain = await sharp(phantom).toColourspace('b-w').png().toBuffer();
    const profiled = await sharp(plain).withIccProfile('srgb', { attach: true }).png().toBuffer();
    expect(meanDifference(await inputOf(profiled), await inputOf(plain))).toBeLessThan(0.002);
  });

  it('turns a negative round and says so', async () => {
    const prepared = await prepareImage(await sharp(phantom).negate().jpeg({ quality: 95 }).toBuffer());
    if (!prepared.ok) throw new Error(prepared.reason);
    expect(prepared.value.inverted).toBe(true);
    expect(meanDifference(prepared.value.input, upright)).toBeLessThan(0.01);
  });

  it('changes pictures of exactly the training size by no more than storing them as JPEG does', async () => {
    const small = await sharp(phantom)
      .resize(224, 224, { fit: 'fill' })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    const pixels = await sharp(small).toColourspace('b-w').raw().toBuffer();
    const input = await inputOf(small);
    const off = Array.from(pixels, (shade, at) => Math.abs((input[3 * at] ?? 0) - shade / 255));
    expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(0.01);
    expect(input.every((shade) => shade <= 1)).toBe(true);
  });
});

describe('what is refused before anything is decoded', () => {
  const bombs: [string, Uint8Array][] = [
    ['a 249 KB PNG that asks for 800 MB', png({ width: 28_000, height: 28_570 }, Buffer.alloc(249_000, 1))],
    [
      'an interlaced 16-bit PNG that asks for 328 MB',
      png({ width: 12_800, height: 12_800, depth: 16, interlaced: 1 }, Buffer.alloc(439_000, 1)),
    ],
  ];

  it.each(bombs)('refuses %s, cheaply', async (_, bomb) => {
    const before = process.memoryUsage().rss;
    const started = performance.now();
    expect(await prepareImage(bomb)).toEqual({ ok: false, reason: 'TOO_LARGE' });
    expect(performance.now() - started).toBeLessThan(500);
    expect(process.memoryUsage().rss - before).toBeLessThan(64e6);
  });

  it('refuses a picture of too few pixels', async () => {
    const small = await sharp(phantom).resize(300, 119, { fit: 'fill' }).png().toBuffer();
    expect(await prepareImage(small)).toEqual({ ok: false, reason: 'TOO_SMALL' });
  });

  const strangers: [string, () => Uint8Array | Promise<Uint8Array>][] = [
    ['nothing at all', () => new Uint8Array()],
    ['text', () => Buffer.from('a text of some length')],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>')],
    ['a WebP', () => sharp(phantom).webp().toBuffer()],
    ['a TIFF', () => sharp(phantom).tiff().toBuffer()],
    ['a GIF', () => sharp(phantom).gif().toBuffer()],
  ];
  it.each(strangers)('refuses %s by its content', async (_, make) => {
    expect(await prepareImage(await make())).toEqual({ ok: false, reason: 'UNSUPPORTED_TYPE' });
  });
});

describe('what is damaged', () => {
  const shortRows = png({ width: 500, height: 500 }, deflateSync(Buffer.alloc(501 * 300)));

  it.each([0.99, 0.5, 0.1, 0.01])('refuses a JPEG cut off after %f of its bytes', async (share) => {
    const cut = phantom.subarray(0, Math.max(4, Math.floor(phantom.length * share)));
    expect(await prepareImage(cut)).toEqual({ ok: false, reason: 'DAMAGED' });
  });

  it.each([0.99, 0.5, 0.1])('refuses a PNG cut off after %f of its bytes', async (share) => {
    const cut = asPng.subarray(0, Math.floor(asPng.length * share));
    expect(await prepareImage(cut)).toEqual({ ok: false, reason: 'DAMAGED' });
  });

  it('refuses a PNG with fewer rows than its header says', async () => {
    expect(await prepareImage(shortRows)).toEqual({ ok: false, reason: 'DAMAGED' });
  });

  it('answers whatever bytes come, and never throws', async () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const bytes = Uint8Array.from(seed % 2 ? asPng : phantom);
      for (let hit = 0; hit < 8; hit += 1)
        bytes[(seed * 7919 + hit * 104_729) % bytes.length] = (seed * 31 + hit) & 255;
      const prepared = await prepareImage(bytes);
      if (!prepared.ok)
        expect(['DAMAGED', 'UNSUPPORTED_TYPE', 'TOO_LARGE', 'TOO_SMALL']).toContain(prepared.reason);
    }
  });
});
