import { type Random, shuffle } from '@lucency/statistics';
import type { Picture } from '../augmentation/picture.js';

const across = 4;

/** The picture cut into sixteen tiles in another order: all its shades, and no chest. */
export function shuffleTiles({ side, shades }: Picture, random: Random): Picture {
  const tile = side / across;
  const order = shuffle(
    Array.from({ length: across * across }, (_, at) => at),
    random,
  );
  const shuffled = new Float32Array(shades.length);
  for (const [to, from] of order.entries())
    for (let row = 0; row < tile; row += 1) {
      const source = (Math.floor(from / across) * tile + row) * side + (from % across) * tile;
      const target = (Math.floor(to / across) * tile + row) * side + (to % across) * tile;
      shuffled.set(shades.subarray(source, source + tile), target);
    }
  return { side, shades: shuffled };
}
