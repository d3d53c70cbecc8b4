import { between, type Random } from '@lucency/statistics';
import { place } from './geometry.js';
import type { Picture } from './picture.js';

/** The source project's: rotations to 20 degrees, shifts and zoom to a fifth, horizontal flips. */
export function augmentLikeSource(picture: Picture, random: Random, side: number): Picture {
  const cut = between(random, -0.2, 0.2) / 2;
  const [down, right] = [between(random, -0.2, 0.2), between(random, -0.2, 0.2)];
  return place(
    picture,
    {
      crop: { left: cut - right, right: cut + right, top: cut - down, bottom: cut + down },
      turn: (between(random, -20, 20) * Math.PI) / 180,
      flip: random() < 0.5,
      outside: 'edge',
    },
    side,
  );
}
