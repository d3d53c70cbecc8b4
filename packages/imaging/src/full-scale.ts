import type { ImageHeader } from './header.js';
import { openImage } from './loaders.js';

/** Markers, overlays and dead pixels take less of a picture than this. */
const mostOutliers = 0.01;
/** Of them, how many may lie just above the scale: shades thin out, what is drawn over them stands apart. */
const mostNear = 0.1;
/** So few are dead pixels wherever they lie. */
const negligible = 0.0002;
const widest = 65_535;
/** Pixels a side that shades are counted on. */
const countedSide = 512;

/**
 * The sample that stands for white in a file of 16 bits. Detectors of 8 to 15 bits often store their samples without
 * stretching them, so it is 2^bits - 1 for the fewest bits that hold all but a few extreme samples.
 */
export async function fullScaleOf(header: ImageHeader): Promise<number> {
  const samples = await deepSamples(
    openImage(header)
      .flatten({ background: '#000' })
      // Any other kernel would mix extreme samples with their neighbours.
      .resize(countedSide, countedSide, { fit: 'inside', withoutEnlargement: true, kernel: 'nearest' }),
    header,
  );
  return fullScale(samples.data, header.significantBits);
}

/** @param significantBits what the file says, as PNG's sBIT does. */
export function fullScale(samples: Uint16Array, significantBits: number | null): number {
  const counts = new Uint32Array(widest + 1);
  for (const sample of samples) counts[sample] = (counts[sample] ?? 0) + 1;
  // Eight bits that a converter stretched: each byte twice.
  if (samples.every((sample) => sample % 257 === 0)) return widest;
  const within = (from: number, to: number) =>
    counts.subarray(from + 1, Math.min(widest, to) + 1).reduce((sum, count) => sum + count, 0) /
    samples.length;
  if (significantBits && significantBits >= 8 && significantBits < 16) {
    const said = 2 ** significantBits - 1;
    return within(said, widest) <= mostOutliers ? said : widest;
  }
  for (let bits = 8; bits < 16; bits += 1) {
    const scale = 2 ** bits - 1;
    const above = within(scale, widest);
    const near = within(scale, 1.5 * scale);
    if (above <= negligible || (above <= mostOutliers && near <= mostNear * above)) return scale;
  }
  return widest;
}

/** Samples of 16 bits as they are stored, row-major. */
export async function deepSamples(
  image: ReturnType<typeof openImage>,
  { channels }: Pick<ImageHeader, 'channels'>,
): Promise<{ data: Uint16Array; channels: number; width: number; height: number }> {
  const { data, info } = await image
    .toColourspace(channels >= 3 ? 'rgb16' : 'grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return { data: samples, channels: info.channels, width: info.width, height: info.height };
}
