import { crc32 } from 'node:zlib';
import { type Prepared, refuse } from '../outcome.js';
import { exifOrientation, orientationExif } from './orientation.js';
import type { Structure } from './structure.js';

/** 50 MB in the smallest chunks that encoders write have 50,000. */
const maxChunks = 100_000;
const signatureBytes = 8;
/** Of length, type and checksum. */
const frameBytes = 12;
const headerBytes = 13;
const maxExifBytes = 65_536;
/** Samples a pixel of the colour types; a palette's entries are colours. */
const samplesOfType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/**
 * Walks the chunks of a PNG (ISO/IEC 15948). Texts and profiles are left out before the decoder could inflate them: 6.6 MB
 * of them take it minutes.
 */
export function readPngStructure(bytes: Uint8Array, maxDecodedBytes: number): Prepared<Structure> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, signatureBytes)];
  let header: DataView | undefined;
  let exif: Uint8Array | undefined;
  let significantBits: number | null = null;
  let at = signatureBytes;
  for (let chunks = 0; ; chunks += 1) {
    if (chunks === maxChunks) return refuse('TOO_COMPLEX_TO_DECODE');
    if (at + frameBytes > bytes.length) return refuse('DAMAGED');
    const length = view.getUint32(at);
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    const end = at + frameBytes + length;
    if (end > bytes.length || (chunks === 0 && (type !== 'IHDR' || length !== headerBytes)))
      return refuse('DAMAGED');
    const chunk = bytes.subarray(at, end);
    const body = chunk.subarray(8, 8 + length);
    if (type === 'IHDR' && !header) {
      header = new DataView(body.buffer, body.byteOffset, body.byteLength);
      if (decodedBytes(header) > maxDecodedBytes) return refuse('TOO_LARGE');
    }
    if (type === 'eXIf' && length <= maxExifBytes) exif ??= body;
    // Of several samples the first speaks for all: detectors do not differ between them.
    if (type === 'sBIT') significantBits ??= body[0] ?? null;
    if (decidesPixels(type)) kept.push(chunk);
    at = end;
    if (type === 'IEND') break;
  }
  if (!header) return refuse('DAMAGED');
  const orientation = exif ? exifOrientation(exif) : 1;
  if (orientation !== 1) kept.splice(2, 0, asChunk('eXIf', orientationExif(orientation)));
  return {
    ok: true,
    value: {
      mediaType: 'image/png',
      width: header.getUint32(0),
      height: header.getUint32(4),
      essential: Buffer.concat(kept),
      // Interlaced ones are held whole.
      heldBytes: header.getUint8(12) === 0 ? 0 : decodedBytes(header),
      samplesDecoded: decodedBytes(header),
      shrinksOnLoad: true,
      significantBits,
    },
  };
}

function decodedBytes(header: DataView): number {
  const samples = header.getUint32(0) * header.getUint32(4) * (samplesOfType[header.getUint8(9)] ?? 4);
  return samples * (header.getUint8(8) === 16 ? 2 : 1);
}

/** Critical chunks, which a capital letter marks, and transparency. */
function decidesPixels(type: string): boolean {
  return /^[A-Z]/.test(type) || type === 'tRNS';
}

function asChunk(type: string, body: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const chunk = Buffer.alloc(frameBytes + body.length);
  chunk.writeUInt32BE(body.length, 0);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(named), 8 + body.length);
  return chunk;
}
