import { colorOf, faintest } from './color-map.js';
import { inputSide } from './decode.js';
import { fromPixels } from './loaders.js';

/** Cells a side of the evidence map: ResNet50's last feature maps at 224 x 224. */
const evidenceSide = 7;

export interface Heatmap {
  /** RGBA, `size` x `size`. */
  png: Uint8Array;
  /** Largest positive evidence, in units of the logit. */
  peak: number;
  /** Evidence drawn in the strongest colour, in units of the logit. */
  scaleTop: number;
  /** Next to nothing speaks for the finding, so the picture is fully transparent. */
  empty: boolean;
}

/**
 * Draws Grad-CAM (Selvaraju et al. 2017): ReLU of the evidence, scaled and enlarged bilinearly.
 * @param evidence [7, 7] signed, row-major, top-left first.
 * @param strong the least evidence that may be drawn in the strongest colour, so that little looks like little;
 *   a higher peak is the top of the scale itself. In units of the logit.
 * @param size pixels a side.
 */
export async function renderHeatmap(
  evidence: ArrayLike<number>,
  { strong, size = inputSide }: { strong: number; size?: number },
): Promise<Heatmap> {
  const peak = peakOf(evidence);
  const scaleTop = Math.max(peak, strong);
  const shares = Array.from(evidence, (value) => Math.max(0, value) / scaleTop);
  const strengths = enlarge(shares, size);
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
  const png = await fromPixels(rgba, size, size, 4).png({ compressionLevel: 3 }).toBuffer();
  return { png, peak, scaleTop, empty: peak <= faintest * scaleTop };
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
  if (evidence.length !== evidenceSide ** 2) throw new RangeError(`evidence of ${evidence.length} cells`);
  const cell = (row: number, column: number) => evidence[row * evidenceSide + column] ?? 0;
  const places = Array.from({ length: size }, (_, at) => placeOf(at, size));
  const enlarged = new Float32Array(size * size);
  places.forEach((vertical, y) => {
    places.forEach((horizontal, x) => {
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
      enlarged[y * size + x] = mix(above, below, vertical.part);
    });
  });
  return enlarged;
}

function placeOf(pixel: number, size: number): { from: number; to: number; part: number } {
  const place = Math.min(evidenceSide - 1, Math.max(0, ((pixel + 0.5) * evidenceSide) / size - 0.5));
  const from = Math.floor(place);
  return { from, to: Math.min(evidenceSide - 1, from + 1), part: place - from };
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
