import { coverageOf, type LungMask, lungBox, type Region, wholePicture } from './mask.js';

/** Added on each side of the lungs, as a share of their box. Training varies it. */
export const cropMargin = 0.08;

/** Lungs that cover less than this share were not found well enough to crop to. */
export const smallestCoverage = 0.06;

/** What a model that wants the lungs is shown: their box with a margin, or the whole picture without lungs. */
export function cropBox(mask: LungMask, margin = cropMargin): Region {
  const box = coverageOf(mask) < smallestCoverage ? null : lungBox(mask);
  return box ? within(widened(box, margin)) : wholePicture;
}

/** The box with this share of its width and height added on each side; below 0 it shrinks. */
export function widened({ x, y, width, height }: Region, margin: number): Region {
  return {
    x: x - margin * width,
    y: y - margin * height,
    width: width * (1 + 2 * margin),
    height: height * (1 + 2 * margin),
  };
}

function within({ x, y, width, height }: Region): Region {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return {
    x: left,
    y: top,
    width: Math.min(1, x + width) - left,
    height: Math.min(1, y + height) - top,
  };
}

/**
 * A part of a square picture enlarged to the picture's own size, bilinearly, pixel centres on pixel centres; beyond
 * the picture it is black. Training and serving crop with this alone, so that a model sees the same in both.
 * @param shades `[side, side]`, row-major.
 * @returns `[side, side]`.
 */
export function cropShades(
  shades: ArrayLike<number>,
  side: number,
  region: Region,
): Float32Array<ArrayBuffer> {
  const columns = places(side, region.x, region.width);
  const rows = places(side, region.y, region.height);
  const shade = (row: number, column: number) =>
    row < 0 || column < 0 || row >= side || column >= side ? 0 : (shades[row * side + column] ?? 0);
  const cropped = new Float32Array(side * side);
  rows.forEach(({ before: up, part: down }, row) => {
    columns.forEach(({ before: left, part: right }, column) => {
      const above = shade(up, left) * (1 - right) + shade(up, left + 1) * right;
      const below = shade(up + 1, left) * (1 - right) + shade(up + 1, left + 1) * right;
      cropped[row * side + column] = above * (1 - down) + below * down;
    });
  });
  return cropped;
}

/** Between which two pixels of the picture each pixel of the crop lies. */
function places(side: number, start: number, length: number) {
  return Array.from({ length: side }, (_, at) => {
    // At its edges the picture ends with the centres of its outermost pixels, or a whole picture would darken there.
    const exact = side * start + (at + 0.5) * length - 0.5;
    const inside = start >= 0 && start + length <= 1 ? Math.min(side - 1, Math.max(0, exact)) : exact;
    const before = Math.floor(inside);
    return { before, part: inside - before };
  });
}

/** A mask cropped likewise: the nearest pixel of each. */
export function cropMask({ side, bits }: LungMask, region: Region): LungMask {
  const cropped = new Uint8Array(side * side);
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      const x = Math.floor(side * region.x + (column + 0.5) * region.width);
      const y = Math.floor(side * region.y + (row + 0.5) * region.height);
      if (x >= 0 && y >= 0 && x < side && y < side) cropped[row * side + column] = bits[y * side + x] ?? 0;
    }
  return { side, bits: cropped };
}
