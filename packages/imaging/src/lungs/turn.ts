import type { Orientation } from '../gate/pose.js';

const quarters: Record<Orientation, number> = {
  UPRIGHT: 0,
  ROTATED_90: 1,
  ROTATED_180: 2,
  ROTATED_270: 3,
};

/** A square picture turned back from the clockwise turn that it seems to have undergone. */
export function turnedBack(shades: Float32Array, side: number, orientation: Orientation): Float32Array {
  let turned = shades;
  for (let left = quarters[orientation]; left > 0; left -= 1) turned = quarterBack(turned, side);
  return turned;
}

function quarterBack(shades: Float32Array, side: number): Float32Array {
  return Float32Array.from(shades, (_, at) => {
    const [row, column] = [Math.floor(at / side), at % side];
    return shades[column * side + side - 1 - row] ?? 0;
  });
}
