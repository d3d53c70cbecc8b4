import type { LungMask } from '@lucency/imaging/lungs';

/** One step along an edge and across a corner: at most 4 % from Euclid's distance (Borgefors 1986). */
const along = 0.955;
const across = 1.37;

/**
 * Distance of every pixel to the lungs in pixels, `[side, side]`, by two passes. One transform answers for every dilation;
 * an exact one would take ten times as long.
 */
export function distanceTo({ side, bits }: LungMask): Float32Array {
  // A frame of one pixel, so that no neighbour has to be asked whether it is there.
  const width = side + 2;
  const framed = new Float32Array(width * width).fill(width * 2);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      if ((bits[row * side + column] ?? 0) > 0) framed[(row + 1) * width + column + 1] = 0;
  sweep(framed, width, 1);
  sweep(framed, width, -1);
  const distance = new Float32Array(side * side);
  for (let row = 0; row < side; row++)
    distance.set(framed.subarray((row + 1) * width + 1, (row + 1) * width + 1 + side), row * side);
  return distance;
}

/** From the upper left down, or with `way` -1 from the lower right up. */
function sweep(framed: Float32Array, width: number, way: 1 | -1): void {
  const inner = width - 2;
  for (let row = 0; row < inner; row++) {
    let at = way === 1 ? (row + 1) * width + 1 : (inner - row) * width + inner;
    for (let column = 0; column < inner; column++) {
      let least = framed[at] ?? 0;
      if (least > 0) {
        const above = at - way * width;
        least = Math.min(
          least,
          (framed[at - way] ?? 0) + along,
          (framed[above] ?? 0) + along,
          (framed[above - 1] ?? 0) + across,
          (framed[above + 1] ?? 0) + across,
        );
        framed[at] = least;
      }
      at += way;
    }
  }
}
