import type { LungMask } from '@lucency/imaging/lungs';
import { between, normal, type Random } from '@lucency/statistics';
import { convexHull } from './convex-hull.js';
import { distanceTo } from './distance.js';
import { place, untouched } from './geometry.js';
import { clamp, mapShades, type Picture } from './picture.js';
import { blur } from './sharpness.js';

/**
 * Everything outside the thorax replaced, so that nothing there is worth learning: outside the lungs, or half the time
 * their convex hull, dilated by 4 to 17 pixels of 224, with a soft edge. `distance`: to the lungs, in pixels.
 * `other`: a picture whose own pixels may stand there.
 */
export function replaceOutside(
  picture: Picture,
  lungs: LungMask,
  distance: Float32Array,
  other: Picture | undefined,
  random: Random,
): Picture {
  const { side } = picture;
  const reach = (between(random, 4.5, 17) * side) / 224;
  const edge = (between(random, 1.5, 6) * side) / 224;
  const away = random() < 0.5 ? distance : distanceTo(convexHull(lungs));
  const behind = background(picture, other, random);
  return mapShades(picture, (shade, at) => {
    const share = clamp(0.5 + (reach - (away[at] ?? 0)) / (2 * edge));
    return share * shade + (1 - share) * (behind.shades[at] ?? 0);
  });
}

function background(picture: Picture, other: Picture | undefined, random: Random): Picture {
  const kind = Math.floor(random() * 6);
  if (kind <= 1 && other)
    return random() < 0.5 ? other : place(other, { ...untouched, flip: true }, other.side);
  if (kind <= 2) return noise(picture.side, random);
  if (kind === 3) {
    const shade = random() < 0.5 ? 0 : random() < 0.5 ? random() : 1;
    return { side: picture.side, shades: new Float32Array(picture.side ** 2).fill(shade) };
  }
  if (kind === 4) return blurredWidely(picture, between(random, 6, 25));
  return shuffledTiles(picture, random);
}

/** Blurred at a quarter of the size, where a wide kernel is a small one. */
function blurredWidely(picture: Picture, deviation: number): Picture {
  const small = place(picture, untouched, Math.round(picture.side / 4));
  return place(blur(small, deviation / 4), { ...untouched, outside: 'edge' }, picture.side);
}

/** Grains of one of four sizes. */
function noise(side: number, random: Random): Picture {
  const across = [7, 28, 112, 224][Math.floor(random() * 4)] ?? 28;
  const [mean, deviation] = [between(random, 0.08, 0.86), between(random, 0.04, 0.27)];
  const shades = Float32Array.from({ length: across * across }, () =>
    clamp(mean + deviation * normal(random)),
  );
  return place({ side: across, shades }, { ...untouched, outside: 'edge' }, side);
}

/** The picture's own sixteenths in another order. */
function shuffledTiles({ side, shades }: Picture, random: Random): Picture {
  const tile = side / 4;
  const order = Array.from({ length: 16 }, (_, at) => ({ at, by: random() })).sort((a, b) => a.by - b.by);
  const moved = new Float32Array(shades.length);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const here = 4 * Math.floor(row / tile) + Math.floor(column / tile);
      const from = order[here]?.at ?? here;
      const y = Math.floor(from / 4) * tile + (row % tile);
      const x = (from % 4) * tile + (column % tile);
      moved[row * side + column] = shades[Math.floor(y) * side + Math.floor(x)] ?? 0;
    }
  return { side, shades: moved };
}
