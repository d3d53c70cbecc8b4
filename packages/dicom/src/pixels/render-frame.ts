import { DicomError, type DicomResult, problem } from '../problem.js';
import { tagOf } from '../structure/element.js';
import { type DicomFile, readFile } from '../structure/file.js';
import { inflate } from '../structure/inflate.js';
import { decodeFrame } from './codecs/decode-frame.js';
import type { Decoded } from './codecs/decoded.js';
import { fromPalette, toRgb } from './colour.js';
import { type PixelDescription, readDescription, squareSize } from './description.js';
import { frameOf } from './encapsulated.js';
import { greyScaleSequences, readGreyScale, shadesOf } from './grey-scale.js';
import { nativePixels } from './native.js';
import { type Raster, squarePixels } from './square-pixels.js';

/** What a frame is, without a pixel of it decoded. */
export interface FrameInfo {
  /** Once pixels are square. */
  width: number;
  height: number;
  channels: 1 | 3;
  bitsStored: number;
  /** Bytes of the decoded frame, as stored. */
  decodedBytes: number;
  /** Compressed such that decoding takes many times what uncompressed pixels take. */
  compressed: boolean;
}

export interface FrameLimits {
  /** Of the frame as stored, and as rendered. */
  maxDecodedBytes: number;
}

export const defaultFrameLimits: FrameLimits = { maxDecodedBytes: 100e6 };

const sequences: ReadonlySet<number> = new Set(greyScaleSequences);

/** Header, lookup tables and what stands behind the pixels, of a deflated file. */
const besidePixels = 4e6;

interface Opened {
  file: DicomFile;
  description: PixelDescription;
  info: FrameInfo;
}

/** Reads and checks what the file says its picture is. */
export function readFrameInfo(
  bytes: Uint8Array,
  limits: FrameLimits = defaultFrameLimits,
): DicomResult<FrameInfo> {
  try {
    return { ok: true, value: open(bytes, limits, true).info };
  } catch (error) {
    return asProblem(error);
  }
}

/**
 * Renders the frame of a file as a viewer shows it first: through modality LUT or rescale, the first VOI LUT or window or
 * else the whole range of what is stored, and the presentation LUT shape, with square pixels; colour as RGB. Overlays are
 * left out. Takes up to four times `maxDecodedBytes`, and with damaged or hostile compressed pixels as long as its decoder
 * likes: run it in a process that can be ended.
 */
export async function renderFrame(
  bytes: Uint8Array,
  limits: FrameLimits = defaultFrameLimits,
): Promise<DicomResult<Raster>> {
  try {
    const { file, description } = open(bytes, limits, false);
    const decoded = await decodedPixels(file, description);
    return { ok: true, value: squarePixels(render(file, description, decoded), description) };
  } catch (error) {
    return asProblem(error);
  }
}

function asProblem(error: unknown): ReturnType<typeof problem> {
  if (error instanceof DicomError) return problem(error.code, error.message);
  throw error;
}

function open(bytes: Uint8Array, { maxDecodedBytes }: FrameLimits, headerOnly: boolean): Opened {
  const maxInflatedBytes = maxDecodedBytes + besidePixels;
  const file = readFile(bytes, { sequences, maxInflatedBytes, headerOnly, inflate });
  const { dataSet, syntax, missing } = file;
  if (missing) throw new DicomError('TRUNCATED', missing);
  const description = readDescription(dataSet);
  const { rows, columns, samplesPerPixel, bitsAllocated, photometric } = description;
  const decodedBytes = (rows * columns * samplesPerPixel * bitsAllocated) / 8;
  const { width, height } = squareSize(description);
  const channels = photometric.startsWith('MONOCHROME') ? 1 : 3;
  if (decodedBytes > maxDecodedBytes || width * height * channels > maxDecodedBytes)
    throw new DicomError('TOO_LARGE', `${columns} x ${rows} pixels`);
  if (!dataSet.element(tagOf.pixelData) && !(syntax.deflated && headerOnly))
    throw new DicomError('NO_PIXELS', 'no pixel data');
  const compressed = syntax.compression !== 'NONE';
  const { bitsStored } = description;
  return { file, description, info: { width, height, channels, bitsStored, decodedBytes, compressed } };
}

async function decodedPixels(file: DicomFile, description: PixelDescription): Promise<Decoded> {
  const { dataSet, bytes, syntax } = file;
  const element = dataSet.element(tagOf.pixelData);
  if (!element) throw new DicomError('NO_PIXELS', 'no pixel data');
  if (syntax.compression === 'NONE') {
    if (element.undefinedLength) throw new DicomError('INVALID_HEADER', 'uncompressed pixels in fragments');
    return nativePixels(bytes, element, description);
  }
  if (!element.undefinedLength) throw new DicomError('INVALID_HEADER', 'compressed pixels without fragments');
  return decodeFrame(frameOf(bytes, element), syntax.compression, description);
}

function render(file: DicomFile, description: PixelDescription, decoded: Decoded): Raster {
  const { rows: height, columns: width, photometric, bitsStored, highBit } = description;
  const { samples } = decoded;
  const mask = 2 ** bitsStored - 1;
  if (photometric === 'PALETTE COLOR')
    return { width, height, channels: 3, pixels: fromPalette(file.dataSet, samples, mask) };
  if (!photometric.startsWith('MONOCHROME'))
    return { width, height, channels: 3, pixels: toRgb(decoded, description) };
  // What lies above the stored bits is of overlays, or of no meaning. Decoders may hand over the stored bits alone.
  const shift = decoded.bits > bitsStored ? highBit + 1 - bitsStored : 0;
  const present = new Uint8Array(mask + 1);
  for (let at = 0; at < samples.length; at += 1) present[((samples[at] ?? 0) >> shift) & mask] = 1;
  const shades = shadesOf(readGreyScale(file.dataSet, description), description, present);
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at += 1)
    pixels[at] = shades[((samples[at] ?? 0) >> shift) & mask] ?? 0;
  return { width, height, channels: 1, pixels };
}
