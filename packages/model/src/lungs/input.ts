import { lungsSide } from './architecture.js';

/**
 * A square grey picture reduced to the network's size, every pixel the mean of the area it covers.
 * @param shades `[side, side]`, row-major, 0-1, `side` at least 128.
 * @returns `[128, 128]`.
 */
export function toLungsInput(shades: Float32Array, side: number): Float32Array<ArrayBuffer> {
  const spans = Array.from({ length: lungsSide }, (_, at) => spanOf(at, side));
  // Along rows first, then along columns: the area is a rectangle.
  const narrow = new Float32Array(side * lungsSide);
  for (let row = 0; row < side; row += 1)
    for (const [column, { first, weights }] of spans.entries()) {
      let sum = 0;
      for (let at = 0; at < weights.length; at += 1)
        sum += (weights[at] ?? 0) * (shades[row * side + first + at] ?? 0);
      narrow[row * lungsSide + column] = sum;
    }
  const small = new Float32Array(lungsSide * lungsSide);
  for (const [row, { first, weights }] of spans.entries())
    for (let at = 0; at < weights.length; at += 1) {
      const weight = weights[at] ?? 0;
      const from = (first + at) * lungsSide;
      const to = row * lungsSide;
      for (let column = 0; column < lungsSide; column += 1)
        small[to + column] = (small[to + column] ?? 0) + weight * (narrow[from + column] ?? 0);
    }
  return small;
}

/** The pixels that one pixel of the small picture covers, with their shares. */
function spanOf(at: number, side: number): { first: number; weights: Float32Array } {
  const [start, end] = [(at * side) / lungsSide, ((at + 1) * side) / lungsSide];
  const first = Math.floor(start);
  const weights = Float32Array.from({ length: Math.ceil(end - 1e-9) - first }, (_, place) => {
    const covered = Math.min(end, first + place + 1) - Math.max(start, first + place);
    return covered / (end - start);
  });
  return { first, weights };
}
