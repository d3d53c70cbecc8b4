import { type Region, wholePicture } from '@lucency/contracts';
import { colorOf, faintest } from './color-map.js';
import { inputSide } from './decode.js';
import { fromPixels } from './loaders.js';

/** Cells a side of the evidence map: ResNet50's last feature maps at 224 x 224. */
const evidenceSide = 7;

export interface Heatmap {
  /** RGBA, `width` x `height`. */
  png: Uint8Array;
  width: number;
  height: number;
  /** Largest positive evidence, in units of the logit. */
  peak: number;
  /** Evidence drawn in the strongest colour, in units of the logit. */
  scaleTop: number;
  /** Next to nothing speaks for the finding, so the picture is fully transparent. */
  empty: boolean;
}

export interface HeatmapOptions {
  /**
   * The least evidence that may be drawn in the strongest colour, so that little looks like little; a higher peak is the
   * top of the scale itself. In units of the logit.
   */
  strong: number;
  /** Pixels of the original, whose shape the heatmap takes; it is square when they are not known. */
  width?: number | undefined;
  height?: number | undefined;
  /** What of the original the evidence is of. Elsewhere the heatmap is transparent. */
  region?: Region | undefined;
}

/**
 * Draws Grad-CAM (Selvaraju et al. 2017) to be laid over the original: ReLU of the evidence, scaled and enlarged bilinearly,
 * 224 pixels on the longer side.
 * @param evidence [7, 7] signed, row-major, top-left first.
 */
export async function renderHeatmap(
  evidence: ArrayLike<number>,
  { strong, width = inputSide, height = inputSide, region = wholePicture }: HeatmapOptions,
): Promise<Heatmap> {
  const peak = peakOf(evidence);
  const scaleTop = Math.max(peak, strong);
  const shares = Array.from(evidence, (value) => Math.max(0, value) / scaleTop);
  const reduced = inputSide / Math.max(width, height);
  const columns = Math.max(1, Math.round(width * reduced));
  const rows = Math.max(1, Math.round(height * reduced));
  const strengths = spread(
    shares,
    placesIn(rows, region.y, region.height),
    placesIn(columns, region.x, region.width),
  );
  const rgba = new Uint8Array(strengths.length * 4);
  for (let pixel = 0; pixel < strengths.length; pixel += 1) {
    const strength = strengths[pixel] ?? 0;
    // Nobody sees the colour of what is fully transparent, which is most of the picture.
    if (strength <= faintest) continue;
    const [red, green, blue, alpha] = colorOf(strength);
    rgba[pixel * 4] = red;
    rgba[pixel * 4 + 1] = green;
    rgba[pixel * 4 + 2] = blue;
    rgba[pixel * 4 + 3] = alpha;
  }
  const png = await fromPixels(rgba, columns, rows, 4).png({ compressionLevel: 3 }).toBuffer();
  return { png, width: columns, height: rows, peak, scaleTop, empty: peak <= faintest * scaleTop };
}

/** The largest positive evidence, or 0. */
export function peakOf(evidence: ArrayLike<number>): number {
  return Array.from(evidence).reduce((top, value) => Math.max(top, value), 0);
}

/**
 * Bilinear enlargement in which each cell's value stands at the centre of its square of the picture
 * (align_corners = false); beyond the outermost centres the edge value continues.
 * @returns [size, size] of Float32, row-major, with the signs of the cells.
 */
export function enlarge(evidence: ArrayLike<number>, size: number): Float32Array {
  const places = placesIn(size, 0, 1);
  return spread(evidence, places, places);
}

interface Place {
  from: number;
  to: number;
  part: number;
}

/** [rows, columns], 0 where there is no place. */
function spread(
  evidence: ArrayLike<number>,
  rows: readonly (Place | null)[],
  columns: readonly (Place | null)[],
): Float32Array {
  if (evidence.length !== evidenceSide ** 2) throw new RangeError(`evidence of ${evidence.length} cells`);
  const cell = (row: number, column: number) => evidence[row * evidenceSide + column] ?? 0;
  const enlarged = new Float32Array(rows.length * columns.length);
  rows.forEach((vertical, y) => {
    if (!vertical) return;
    columns.forEach((horizontal, x) => {
      if (!horizontal) return;
      const above = mix(
        cell(vertical.from, horizontal.from),
        cell(vertical.from, horizontal.to),
        horizontal.part,
      );
      const below = mix(
        cell(vertical.to, horizontal.from),
        cell(vertical.to, horizontal.to),
        horizontal.part,
      );
      enlarged[y * columns.length + x] = mix(above, below, vertical.part);
    });
  });
  return enlarged;
}

/** For each pixel the cells between whose centres it lies; null outside of what the cells cover, in shares of all pixels. */
function placesIn(pixels: number, start: number, extent: number): (Place | null)[] {
  return Array.from({ length: pixels }, (_, pixel) => {
    const inside = ((pixel + 0.5) / pixels - start) / extent;
    if (inside < 0 || inside > 1) return null;
    const place = Math.min(evidenceSide - 1, Math.max(0, inside * evidenceSide - 0.5));
    const from = Math.floor(place);
    return { from, to: Math.min(evidenceSide - 1, from + 1), part: place - from };
  });
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
