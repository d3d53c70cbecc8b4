import { between, normal, type Random } from '@lucency/statistics';
import { equalize, expose, toneCurve, unevenBeam } from '../augmentation/exposure.js';
import { type Placement, place } from '../augmentation/geometry.js';
import { erase, paintBorder, paintMarker } from '../augmentation/painting.js';
import { mapShades, type Picture } from '../augmentation/picture.js';
import { addNoise, blur } from '../augmentation/sharpness.js';
import { replaceOutside } from './outside.js';
import { shuffleTiles } from './shuffled-tiles.js';

/** A picture and the share of lung in each of its pixels. */
export interface Masked {
  readonly picture: Picture;
  readonly mask: Picture;
}

/**
 * Disturbs whatever differs between machines, hospitals and bodies, so that lungs are told by what they look like:
 * another hospital's adults have no masks here. Now and then a picture is cut to pieces and holds no lungs any more.
 */
export function augmentMasked(example: Masked, other: Picture, random: Random): Masked {
  const cut = random() < 0.25 ? replaceOutside(example, other, random) : example.picture;
  const placement = anyPlacement(random);
  const { side } = cut;
  const mask = place(example.mask, { ...placement, outside: 0 }, side);
  const picture = disturbShades(place(cut, placement, side), random);
  if (random() < 0.05)
    return {
      picture: shuffleTiles(picture, random),
      mask: { side, shades: new Float32Array(mask.shades.length) },
    };
  return { picture, mask };
}

function anyPlacement(random: Random): Placement {
  const zoom = Math.exp(between(random, -0.32, 0.35));
  const [wide, high] = [zoom * Math.exp(0.08 * normal(random)), zoom * Math.exp(0.08 * normal(random))];
  const [across, down] = [between(random, -0.12, 0.12), between(random, -0.12, 0.12)];
  const fill = random();
  return {
    crop: {
      left: (1 - wide) / 2 + across,
      right: (1 - wide) / 2 - across,
      top: (1 - high) / 2 + down,
      bottom: (1 - high) / 2 - down,
    },
    turn: 0.12 * normal(random),
    flip: random() < 0.3,
    outside: fill < 0.45 ? 0 : fill < 0.75 ? 'edge' : random(),
  };
}

function disturbShades(picture: Picture, random: Random): Picture {
  let changed = picture;
  if (random() < 0.25) changed = toneCurve(changed, random);
  if (random() < 0.1) changed = equalize(changed, between(random, 0.3, 1));
  if (random() < 0.25) changed = unevenBeam(changed, random);
  changed = expose(changed, {
    gamma: Math.exp(between(random, -0.7, 0.7)),
    contrast: between(random, 0.5, 1.5),
    brightness: between(random, -0.2, 0.2),
  });
  if (random() < 0.1) changed = mapShades(changed, (shade) => 1 - shade);
  if (random() < 0.25) changed = blur(changed, between(random, 0.4, 1.5));
  if (random() < 0.3) changed = addNoise(changed, between(random, 0.01, 0.08), random);
  if (random() < 0.25) changed = paintBorder(changed, random);
  if (random() < 0.4) changed = paintMarker(changed, random);
  if (random() < 0.3) changed = erase(changed, random);
  return changed;
}
