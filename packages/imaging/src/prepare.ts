import { decodeToInput, inputKernel } from './decode.js';
import { defaultLimits, type ImageLimits, readHeader } from './header.js';
import { measure, type QualityMeasures } from './measures.js';
import type { ImageMediaType } from './media-type.js';
import { isNegative, toPositive } from './negative.js';
import type { Prepared } from './outcome.js';

export interface PreparedImage {
  /** Pixels of the original, after its EXIF orientation was applied. */
  width: number;
  height: number;
  mediaType: ImageMediaType;
  /** [224, 224, 3] of Float32 in 0..1, row-major RGB. */
  input: Float32Array<ArrayBuffer>;
  /** How it was resized. */
  kernel: typeof inputKernel;
  /** The picture came as a negative and was turned round. */
  inverted: boolean;
  /** Of `input`, so after turning a negative round. */
  measures: QualityMeasures;
}

/** Whatever the bytes are, this answers: with the model's input, or with why they cannot be read. */
export async function prepareImage(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<PreparedImage>> {
  const header = await readHeader(bytes, limits);
  if (!header.ok) return header;
  const { width, height, mediaType } = header.value;

  const decoded = await decodeToInput(bytes, header.value);
  if (!decoded.ok) return decoded;

  const measures = measure(decoded.value, width, height);
  const inverted = isNegative(measures);
  const input = inverted ? toPositive(decoded.value) : decoded.value;
  return {
    ok: true,
    value: {
      width,
      height,
      mediaType,
      input,
      kernel: inputKernel,
      inverted,
      measures: inverted ? measure(input, width, height) : measures,
    },
  };
}
