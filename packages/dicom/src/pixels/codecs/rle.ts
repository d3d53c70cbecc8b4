import { DicomError } from '../../problem.js';
import type { PixelDescription } from '../description.js';
import type { Decoded } from './decoded.js';

const headerBytes = 64;

/** RLE of PS3.5, annex G: a segment for each byte of each sample, the most significant first. */
export function decodeRle(frame: Uint8Array, description: PixelDescription): Decoded {
  const { rows, columns, samplesPerPixel, bitsAllocated } = description;
  const pixels = rows * columns;
  const bytesPerSample = bitsAllocated / 8;
  if (frame.length < headerBytes) throw new DicomError('CODEC_FAILED', 'no RLE header');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const segments = view.getUint32(0, true);
  if (segments !== samplesPerPixel * bytesPerSample)
    throw new DicomError('CODEC_FAILED', `${segments} RLE segments`);
  const samples =
    bytesPerSample === 1
      ? new Uint8Array(pixels * samplesPerPixel)
      : new Uint16Array(pixels * samplesPerPixel);
  const plane = new Uint8Array(pixels);
  for (let segment = 0; segment < segments; segment += 1) {
    const start = view.getUint32(4 + 4 * segment, true);
    const next = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : frame.length;
    if (start < headerBytes || next < start || next > frame.length)
      throw new DicomError('CODEC_FAILED', `RLE segment ${segment} lies outside`);
    unpack(frame.subarray(start, next), plane);
    const from = Math.floor(segment / bytesPerSample) * pixels;
    const shift = 8 * (bytesPerSample - 1 - (segment % bytesPerSample));
    for (let at = 0; at < pixels; at += 1)
      samples[from + at] = (samples[from + at] ?? 0) | ((plane[at] ?? 0) << shift);
  }
  return { samples, bits: bitsAllocated, planar: true, isRgb: false };
}

function unpack(packed: Uint8Array, plane: Uint8Array): void {
  let filled = 0;
  for (let at = 0; at < packed.length && filled < plane.length; ) {
    const control = packed[at] ?? 0;
    at += 1;
    if (control < 128) {
      const run = packed.subarray(at, at + control + 1);
      plane.set(run.subarray(0, plane.length - filled), filled);
      filled += run.length;
      at += control + 1;
    } else if (control > 128) {
      plane.fill(packed[at] ?? 0, filled, filled + 257 - control);
      filled += 257 - control;
      at += 1;
    }
  }
  if (filled < plane.length)
    throw new DicomError('CODEC_FAILED', `an RLE segment ends after ${filled} bytes`);
}
