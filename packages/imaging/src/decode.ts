import type { Region } from '@lucency/contracts';
import { deepSamples, fullScaleOf } from './full-scale.js';
import type { ImageHeader } from './header.js';
import { openImage } from './loaders.js';
import { type Prepared, refuse } from './outcome.js';

/** Side of the model's square input, in pixels. */
export const inputSide = 224;

/** The one kernel used everywhere: the training files were resized with it, sharper ones shift every score. */
export const inputKernel = 'linear';

/**
 * Decodes to the model's size.
 * @returns [224, 224, 3] of Float32 in 0..1, row-major RGB; DAMAGED when data are missing or corrupt.
 */
export async function decodeToInput(
  header: ImageHeader,
  region?: Region,
): Promise<Prepared<Float32Array<ArrayBuffer>>> {
  const pipeline = openImage(header, region)
    // Transparent parts of an exported X-ray are outside the exposed field: black, as collimated borders are.
    .flatten({ background: '#000' })
    .resize(inputSide, inputSide, { fit: 'fill', kernel: inputKernel });
  try {
    return {
      ok: true,
      value: header.bitsPerSample === 16 ? await deep(pipeline, header) : await shallow(pipeline),
    };
  } catch {
    return refuse('DAMAGED');
  }
}

async function shallow(pipeline: ReturnType<typeof openImage>): Promise<Float32Array<ArrayBuffer>> {
  const { data, info } = await pipeline
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return toRgb(data, info.channels, 255);
}

async function deep(
  pipeline: ReturnType<typeof openImage>,
  header: ImageHeader,
): Promise<Float32Array<ArrayBuffer>> {
  const fullScale = await fullScaleOf(header);
  const { data, channels } = await deepSamples(pipeline, header);
  return toRgb(data, channels, fullScale);
}

function toRgb(
  samples: Uint8Array | Uint16Array,
  channels: number,
  fullScale: number,
): Float32Array<ArrayBuffer> {
  const pixels = inputSide * inputSide;
  if (samples.length !== pixels * channels) throw new Error(`unexpected ${samples.length} samples`);
  const rgb = new Float32Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let band = 0; band < 3; band += 1) {
      const sample = samples[pixel * channels + (channels >= 3 ? band : 0)] ?? 0;
      rgb[pixel * 3 + band] = Math.min(1, sample / fullScale);
    }
  }
  return rgb;
}
