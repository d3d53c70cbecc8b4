import { DicomError } from '../../problem.js';
import type { Compression } from '../../structure/syntaxes.js';
import { type CodestreamHeader, jpeg2000Header, jpegHeader } from '../codestream.js';
import type { PixelDescription } from '../description.js';
import { words } from '../words.js';
import type { Decoded } from './decoded.js';
import { decodeExtendedJpeg } from './extended-jpeg.js';
import { decodeLosslessJpeg } from './lossless-jpeg.js';
import { decodeRle } from './rle.js';
import { type Codec, codecs, decodeByWasm } from './wasm.js';

const losslessProcess = 3;

/**
 * Decodes a compressed frame.
 * @throws DicomError where its own header contradicts that of the file, or its data are damaged.
 */
export async function decodeFrame(
  frame: Uint8Array,
  compression: Exclude<Compression, 'NONE'>,
  description: PixelDescription,
): Promise<Decoded> {
  if (compression === 'RLE') return decodeRle(frame, description);
  const header =
    compression === 'JPEG_2000' || compression === 'HTJ2K' ? jpeg2000Header(frame) : jpegHeader(frame);
  checkHeader(header, description);
  checkEnd(frame);
  try {
    const decoded = await decode(frame, compression, header, description);
    if (decoded.samples.length !== description.rows * description.columns * description.samplesPerPixel)
      throw new DicomError('CODEC_FAILED', `${decoded.samples.length} samples`);
    return decoded;
  } catch (error) {
    if (error instanceof DicomError) throw error;
    // Decoders compiled to WebAssembly throw pointers.
    throw new DicomError('CODEC_FAILED', error instanceof Error ? error.message : 'the decoder gave up');
  }
}

function checkHeader(
  header: CodestreamHeader | null,
  { rows, columns, samplesPerPixel, bitsAllocated }: PixelDescription,
): asserts header is CodestreamHeader {
  if (!header) throw new DicomError('CODEC_FAILED', 'the compressed pixels have no header');
  const { width, height, components, bits } = header;
  if (width !== columns || height !== rows || components !== samplesPerPixel || bits > bitsAllocated)
    throw new DicomError(
      'CODEC_FAILED',
      `compressed are ${width} x ${height} x ${components} of ${bits} bits, announced ${columns} x ${rows} x ${samplesPerPixel} of ${bitsAllocated}`,
    );
}

/** Padding behind the end of a frame: one byte by the standard, a few blocks by some devices. */
const mostPadding = 4_096;

/** Every code ends in FFD9. Decoders of WebAssembly make a picture of what there is. */
function checkEnd(frame: Uint8Array): void {
  const tail = Buffer.from(frame.subarray(-mostPadding));
  if (tail.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0)
    throw new DicomError('CODEC_FAILED', 'the compressed pixels end early');
}

async function decode(
  frame: Uint8Array,
  compression: Exclude<Compression, 'NONE' | 'RLE'>,
  header: CodestreamHeader,
  description: PixelDescription,
): Promise<Decoded> {
  switch (compression) {
    case 'JPEG':
    case 'JPEG_LOSSLESS':
      // What the transfer syntax calls it, the frame says what it is: both are written under either name.
      if (header.process === losslessProcess) return decodeLosslessJpeg(frame, header);
      return header.bits > 8
        ? decodeExtendedJpeg(frame, header)
        : { ...(await byWasm(codecs.jpeg, frame, header)), isRgb: true };
    case 'JPEG_LS':
      return byWasm(codecs.jpegLs, frame, header);
    case 'JPEG_2000':
      return { ...(await byWasm(codecs.jpeg2000, frame, header)), isRgb: isTransformed(description) };
    case 'HTJ2K':
      return { ...(await byWasm(codecs.htj2k, frame, header)), isRgb: isTransformed(description) };
  }
}

/** The colour transforms of JPEG 2000 are part of its code; YBR_FULL would be that of the file. */
function isTransformed({ photometric }: PixelDescription): boolean {
  return photometric === 'YBR_ICT' || photometric === 'YBR_RCT';
}

async function byWasm(codec: Codec, frame: Uint8Array, header: CodestreamHeader): Promise<Decoded> {
  const { bytes, bitsPerSample, interleaveMode, width, height } = await decodeByWasm(codec, frame);
  // Where memory runs out, one of them ends with an empty picture instead of an exception.
  if (width !== header.width || height !== header.height)
    throw new DicomError('CODEC_FAILED', 'another size');
  return {
    samples: bitsPerSample > 8 ? words(bytes) : bytes,
    bits: bitsPerSample,
    planar: interleaveMode === 0,
    isRgb: false,
  };
}
