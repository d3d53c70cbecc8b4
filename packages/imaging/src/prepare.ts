import type { ImageMediaType, Region } from '@lucency/contracts';
import { asStored } from './as-stored.js';
import { inputKernel } from './decode.js';
import { examine } from './gate/examine.js';
import { learnt } from './gate/learnt.js';
import type { Orientation } from './gate/pose.js';
import { defaultLimits, type ImageHeader, type ImageLimits } from './header.js';
import type { QualityMeasures } from './measures.js';
import { openAnyPicture } from './open-picture.js';
import { type Prepared, refuse } from './outcome.js';
import { decodePicture } from './picture.js';

export interface PreparedImage {
  /** Pixels of the original, after its EXIF orientation was applied. */
  width: number;
  height: number;
  mediaType: ImageMediaType;
  /** What of the original the input shows. */
  region: Region;
  /** [224, 224, 3] of Float32 in 0..1, row-major RGB, the three alike. */
  input: Float32Array<ArrayBuffer>;
  /** How it was resized. */
  kernel: typeof inputKernel;
  /** The picture came as a negative and was turned round. */
  inverted: boolean;
  /** The clockwise turn that the picture seems to have undergone; it is not undone. */
  orientation: Orientation;
  /** The heart clearly lies on the wrong side, once the picture is upright; it is not undone. */
  mirrored: boolean;
  /** Of the picture as positive and, where it matters, upright. */
  measures: QualityMeasures;
}

/** The same as processes hand it over: a byte a pixel instead of twelve. */
export type PreparedPixels = Omit<PreparedImage, 'input'> & { pixels: Uint8Array };

/** Whatever the bytes are, this answers: with the model's input, or with why they cannot be read. */
export async function prepareImage(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<PreparedImage>> {
  const header = await openAnyPicture(bytes, limits);
  if (!header.ok) return header;
  const prepared = await preparePixels(header.value);
  return prepared.ok ? { ok: true, value: toPreparedImage(prepared.value) } : prepared;
}

export async function preparePixels(header: ImageHeader): Promise<Prepared<PreparedPixels>> {
  // Its device knows better than any look at its pixels.
  if (header.lateral) return refuse('LATERAL_VIEW');
  const decoded = await decodePicture(header);
  if (!decoded.ok) return decoded;
  const { width, height, mediaType } = header;
  const { shades, inverted, orientation, mirrored, measures } = examine(decoded.value, learnt);
  const pixels = await asStored(shades);
  return {
    ok: true,
    value: {
      width,
      height,
      mediaType,
      region: decoded.value.region,
      pixels,
      kernel: inputKernel,
      inverted,
      orientation,
      mirrored,
      measures,
    },
  };
}

export function toPreparedImage({ pixels, ...image }: PreparedPixels): PreparedImage {
  const input = new Float32Array(pixels.length * 3);
  pixels.forEach((shade, pixel) => {
    input.fill(shade / 255, pixel * 3, pixel * 3 + 3);
  });
  return { ...image, input };
}
