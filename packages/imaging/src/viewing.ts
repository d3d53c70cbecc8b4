import { deepSamples, fullScaleOf } from './full-scale.js';
import { defaultLimits, type ImageHeader, type ImageLimits } from './header.js';
import { fromPixels, openImage } from './loaders.js';
import type { PictureMediaType } from './media-type.js';
import { openAnyPicture } from './open-picture.js';
import { type Prepared, refuse } from './outcome.js';

const longestSide = 2048;
const jpegQuality = 90;
/** Below this many pixels a lossless copy costs next to nothing. */
const tinyPixels = 64_000;

export interface ViewingCopy {
  bytes: Uint8Array;
  mediaType: PictureMediaType;
  width: number;
  height: number;
}

/**
 * Makes the copy that viewers get: upright, 8 bit, no metadata, at most 2,048 pixels a side. Negatives stay as
 * they are: the viewer shows what was sent.
 */
export async function reencodeForViewing(
  bytes: Uint8Array,
  limits: ImageLimits = defaultLimits,
): Promise<Prepared<ViewingCopy>> {
  const header = await openAnyPicture(bytes, limits);
  return header.ok ? copyForViewing(header.value) : header;
}

export async function copyForViewing(header: ImageHeader): Promise<Prepared<ViewingCopy>> {
  const { width, height } = header;
  const reduced = openImage(header)
    .flatten({ background: '#000' })
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true });
  const tiny = width * height <= tinyPixels;
  try {
    const pipeline =
      header.bitsPerSample === 16
        ? await inBytes(reduced, header)
        : reduced.toColourspace(header.channels >= 3 ? 'srgb' : 'b-w');
    const copy = await (tiny ? pipeline.png() : pipeline.jpeg({ quality: jpegQuality })).toBuffer({
      resolveWithObject: true,
    });
    return {
      ok: true,
      value: {
        bytes: copy.data,
        mediaType: tiny ? 'image/png' : 'image/jpeg',
        width: copy.info.width,
        height: copy.info.height,
      },
    };
  } catch {
    return refuse('DAMAGED');
  }
}

/** Shades on the same scale as the model reads them. */
async function inBytes(image: ReturnType<typeof openImage>, header: ImageHeader) {
  const fullScale = await fullScaleOf(header);
  const { data, channels, width, height } = await deepSamples(image, header);
  const bytes = Uint8Array.from(data, (sample) => Math.min(255, Math.round((255 * sample) / fullScale)));
  const bands = channels >= 3 ? 3 : 1;
  return fromPixels(bytes, width, height, bands).toColourspace(bands === 3 ? 'srgb' : 'b-w');
}
