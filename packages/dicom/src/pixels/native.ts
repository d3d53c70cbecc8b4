import { DicomError } from '../problem.js';
import type { Element } from '../structure/element.js';
import type { Decoded } from './codecs/decoded.js';
import { expand422 } from './colour.js';
import type { PixelDescription } from './description.js';
import { words } from './words.js';

/** Uncompressed pixels (PS3.5, 8.2), as a view of the file where its words lie and run as those of this machine. */
export function nativePixels(
  bytes: Uint8Array,
  { offset, length, vr, encoding }: Element,
  description: PixelDescription,
): Decoded {
  const { rows, columns, samplesPerPixel, bitsAllocated, photometric, planar } = description;
  const halved = photometric === 'YBR_FULL_422';
  const count = rows * columns * (halved ? 2 : samplesPerPixel);
  const needed = (count * bitsAllocated) / 8;
  if (length < needed) throw new DicomError('TRUNCATED', `${length} of ${needed} bytes of pixels`);
  const value = bytes.subarray(offset, offset + needed + (needed % 2));
  // In big endian words of 16 bits even bytes lie the other way round (PS3.5, 8.2).
  const swapped = !encoding.littleEndian && (bitsAllocated === 16 || vr === 'OW');
  const ordered = swapped ? Buffer.from(value).swap16() : value;
  const samples = bitsAllocated === 16 ? words(ordered) : ordered.subarray(0, count);
  if (halved) return { samples: expand422(samples, rows * columns), bits: 8, planar: false, isRgb: false };
  return { samples, bits: bitsAllocated, planar, isRgb: false };
}
