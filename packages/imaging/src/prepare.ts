import { asStored } from './as-stored.js';
import { inputKernel } from './decode.js';
import { examine } from './gate/examine.js';
import { learnt } from './gate/learnt.js';
import type { Orientation } from './gate/pose.js';
import { defaultLimits, type ImageLimits } from './header.js';
import type { QualityMeasures } from './measures.js';
import type { ImageMediaType } from './media-type.js';
import type { Prepared } from './outcome.js';
import { readPicture } from './picture.js';

export interface PreparedImage {
  /** Pixels of the original, after its EXIF orientation was applied. */
  width: number;
  height: number;
  mediaType: ImageMediaType;
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

/** Whatever the bytes are, this answers: with the model's input, or with why they cannot be read. */
export async function prepareImage(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<PreparedImage>> {
  const read = await readPicture(bytes, limits);
  if (!read.ok) return read;
  const { width, height, mediaType } = read.value;
  const { shades, inverted, orientation, mirrored, measures } = examine(read.value, learnt);
  const input = toInput(await asStored(shades));
  return {
    ok: true,
    value: {
      width,
      height,
      mediaType,
      input,
      kernel: inputKernel,
      inverted,
      orientation,
      mirrored,
      measures,
    },
  };
}

function toInput(shades: Float32Array): Float32Array<ArrayBuffer> {
  const input = new Float32Array(shades.length * 3);
  shades.forEach((shade, pixel) => {
    input.fill(shade, pixel * 3, pixel * 3 + 3);
  });
  return input;
}
