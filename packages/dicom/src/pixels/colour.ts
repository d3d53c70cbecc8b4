import { DicomError } from '../problem.js';
import type { DataSet } from '../structure/data-set.js';
import type { Decoded } from './codecs/decoded.js';
import type { PixelDescription } from './description.js';

const paletteTags = [
  { descriptor: 0x00281101, data: 0x00281201 },
  { descriptor: 0x00281102, data: 0x00281202 },
  { descriptor: 0x00281103, data: 0x00281203 },
];

/** Secondary captures in colour as RGB, a byte a sample (PS3.3, C.7.6.3.1.2). */
export function toRgb(decoded: Decoded, description: PixelDescription): Uint8Array {
  const { photometric, rows, columns, bitsStored } = description;
  const pixels = rows * columns;
  const { samples, planar, isRgb } = decoded;
  const rgb = new Uint8Array(3 * pixels);
  const shift = Math.max(0, bitsStored - 8);
  const [step, stride] = planar ? [1, pixels] : [3, 1];
  for (let pixel = 0; pixel < pixels; pixel += 1)
    for (let band = 0; band < 3; band += 1)
      rgb[3 * pixel + band] = (samples[pixel * step + band * stride] ?? 0) >> shift;
  if (!isRgb && photometric.startsWith('YBR')) fromYbr(rgb);
  return rgb;
}

/** Uncompressed pixels of YBR_FULL_422: two of brightness, then both colours of the two (C.7.6.3.1.2). */
export function expand422(samples: Uint8Array | Uint16Array, pixels: number): Uint8Array {
  const full = new Uint8Array(3 * pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const pair = 4 * (pixel >> 1);
    full[3 * pixel] = samples[pair + (pixel & 1)] ?? 0;
    full[3 * pixel + 1] = samples[pair + 2] ?? 0;
    full[3 * pixel + 2] = samples[pair + 3] ?? 0;
  }
  return full;
}

/** A picture whose samples are numbers of colours. */
export function fromPalette(dataSet: DataSet, patterns: Uint8Array | Uint16Array, mask: number): Uint8Array {
  const rgb = new Uint8Array(3 * patterns.length);
  paletteTags.forEach((tags, band) => {
    const [entries = 0, first = 0, bits = 0] = dataSet.numbers(tags.descriptor);
    const count = entries === 0 ? 65_536 : entries;
    const data = dataSet.bytes(tags.data);
    const element = dataSet.element(tags.data);
    const wide = bits > 8;
    if (!data || !element || data.length < count * (wide ? 2 : 1))
      throw new DicomError('INVALID_HEADER', 'the palette is missing or short');
    const high = wide && element.encoding.littleEndian ? 1 : 0;
    for (let pixel = 0; pixel < patterns.length; pixel += 1) {
      const entry = Math.min(count - 1, Math.max(0, ((patterns[pixel] ?? 0) & mask) - first));
      rgb[3 * pixel + band] = data[wide ? 2 * entry + high : entry] ?? 0;
    }
  });
  return rgb;
}

function fromYbr(samples: Uint8Array): void {
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const y = samples[at] ?? 0;
    const blue = (samples[at + 1] ?? 0) - 128;
    const red = (samples[at + 2] ?? 0) - 128;
    samples[at] = inByte(y + 1.402 * red);
    samples[at + 1] = inByte(y - 0.344136 * blue - 0.714136 * red);
    samples[at + 2] = inByte(y + 1.772 * blue);
  }
}

function inByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
