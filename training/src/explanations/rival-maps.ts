import { mapSize } from '@lucency/model/card';
import type { Random } from '@lucency/statistics';

/** Maps that know nothing of the picture, `[7, 7]`: what a map that explains has to beat. */

/** Each cell drawn evenly; enlarged as the model's maps are, so that only the places differ. */
export function randomMap(random: Random): Float32Array {
  return Float32Array.from({ length: mapSize * mapSize }, random);
}

/** Strongest in the middle, where every chest X-ray has its chest: a Gaussian of a quarter of the side. */
export function centreMap(): Float32Array {
  const middle = (mapSize - 1) / 2;
  const deviation = mapSize / 4;
  return Float32Array.from({ length: mapSize * mapSize }, (_, cell) => {
    const [row, column] = [Math.floor(cell / mapSize) - middle, (cell % mapSize) - middle];
    return Math.exp(-(row ** 2 + column ** 2) / (2 * deviation ** 2));
  });
}
