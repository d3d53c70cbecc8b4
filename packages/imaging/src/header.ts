import sharp from 'sharp';
import { type ImageMediaType, sniffMediaType } from './media-type.js';
import { type Prepared, refuse } from './outcome.js';
import './loaders.js';

export interface ImageLimits {
  /** Width x height x channels x bytes a sample, of the whole decoded picture. */
  maxDecodedBytes: number;
  /** Pixels of the shorter side. Published X-rays of the training set go down to 127 before resizing. */
  minShorterSide: number;
}

export const defaultLimits: ImageLimits = { maxDecodedBytes: 100e6, minShorterSide: 120 };

export interface ImageHeader {
  mediaType: ImageMediaType;
  /** Pixels after the EXIF orientation is applied. */
  width: number;
  height: number;
  channels: number;
  bitsPerSample: 8 | 16;
}

/** Reads and checks what the file says it is, without decoding a single pixel. */
export async function readHeader(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<ImageHeader>> {
  const mediaType = sniffMediaType(bytes);
  if (!mediaType) return refuse('UNSUPPORTED_TYPE');
  const said = await sharp(bytes, { limitInputPixels: false, failOn: 'none' })
    .metadata()
    .catch(() => null);
  if (!said) return refuse('DAMAGED');

  const { width, height } = said.autoOrient;
  const bitsPerSample = said.depth === 'uchar' ? 8 : 16;
  if ((width * height * said.channels * bitsPerSample) / 8 > limits.maxDecodedBytes)
    return refuse('TOO_LARGE');
  if (Math.min(width, height) < limits.minShorterSide) return refuse('TOO_SMALL');
  return { ok: true, value: { mediaType, width, height, channels: said.channels, bitsPerSample } };
}
