import type { ImageMediaType } from '@lucency/contracts';
import sharp from 'sharp';
import { sniffMediaType } from './media-type.js';
import { type Prepared, refuse } from './outcome.js';
import { readJpegStructure } from './structure/jpeg-structure.js';
import { readPngStructure } from './structure/png-structure.js';
import type { Structure } from './structure/structure.js';
import './loaders.js';

export interface ImageLimits {
  /** Width x height x channels x bytes a sample of the whole decoded picture, and of what the decoder holds at once. */
  maxDecodedBytes: number;
  /** Pixels of the shorter side. Published X-rays of the training set go down to 127 before resizing. */
  minShorterSide: number;
}

export const defaultLimits: ImageLimits = { maxDecodedBytes: 100e6, minShorterSide: 120 };

export interface ImageHeader extends Pick<Structure, 'essential' | 'shrinksOnLoad' | 'significantBits'> {
  mediaType: ImageMediaType;
  /** Pixels after the EXIF orientation is applied. */
  width: number;
  height: number;
  channels: number;
  bitsPerSample: 8 | 16;
  /** The file itself says that the picture was taken from the side. */
  lateral: boolean;
  /** Takes many times the work of an ordinary X-ray, or many times its memory. */
  heavy: boolean;
}

/** Well above detectors of 4,300 x 3,600 pixels with 16 bits. */
const heavyBytes = 32e6;
const heavyFileBytes = 8e6;
const heavySamples = 128e6;

export function isHeavy(heldBytes: number, fileBytes: number): boolean {
  return heldBytes > heavyBytes || fileBytes > heavyFileBytes;
}

/** Reads and checks what the file says it is, without decoding a single pixel. */
export async function readHeader(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<ImageHeader>> {
  const mediaType = sniffMediaType(bytes);
  if (!mediaType) return refuse('UNSUPPORTED_TYPE');
  const readStructure = mediaType === 'image/jpeg' ? readJpegStructure : readPngStructure;
  const read = readStructure(bytes, limits.maxDecodedBytes);
  if (!read.ok) return read;
  const structure = read.value;
  const said = await sharp(structure.essential, { limitInputPixels: false, failOn: 'none' })
    .metadata()
    .catch(() => null);
  // A decoder that sees another frame than was checked would decode something else.
  if (!said || said.width !== structure.width || said.height !== structure.height) return refuse('DAMAGED');

  const { width, height } = said.autoOrient;
  const bitsPerSample = said.depth === 'uchar' ? 8 : 16;
  const decodedBytes = (width * height * said.channels * bitsPerSample) / 8;
  const heldBytes = Math.max(decodedBytes, structure.heldBytes);
  if (heldBytes > limits.maxDecodedBytes) return refuse('TOO_LARGE');
  if (Math.min(width, height) < limits.minShorterSide) return refuse('TOO_SMALL');
  const { essential, shrinksOnLoad, significantBits, samplesDecoded } = structure;
  return {
    ok: true,
    value: {
      mediaType,
      width,
      height,
      channels: said.channels,
      bitsPerSample,
      essential,
      shrinksOnLoad,
      significantBits,
      lateral: false,
      heavy: isHeavy(heldBytes, bytes.length) || samplesDecoded > heavySamples,
    },
  };
}
