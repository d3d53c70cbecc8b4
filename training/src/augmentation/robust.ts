import { between, type Random } from '@lucency/statistics';
import { equalize, expose, toneCurve, unevenBeam } from './exposure.js';
import { place } from './geometry.js';
import { erase, paintBorder, paintMarker } from './painting.js';
import type { Picture } from './picture.js';
import { resaveSomehow } from './resave.js';
import { addNoise, blur, sharpen } from './sharpness.js';

/**
 * Disturbs what differs between machines, hospitals and years and says nothing of the lungs. Strengths of the
 * exposure after what helped on this data set: gamma e^+-0.6, contrast 0.6-1.5, brightness +-0.2.
 */
export async function augmentRobustly(picture: Picture, random: Random, side: number): Promise<Picture> {
  const edge = () => between(random, -0.05, 0.15);
  const fill = random();
  let changed = place(
    picture,
    {
      crop: { left: edge(), right: edge(), top: edge(), bottom: edge() },
      turn: between(random, -0.17, 0.17),
      flip: random() < 0.5,
      outside: fill < 0.5 ? 0 : fill < 0.8 ? 'edge' : random(),
    },
    side,
  );
  if (random() < 0.3) changed = toneCurve(changed, random);
  if (random() < 0.15) changed = equalize(changed, between(random, 0.3, 1));
  if (random() < 0.3) changed = unevenBeam(changed, random);
  if (random() < 0.9)
    changed = expose(changed, {
      gamma: Math.exp(between(random, -0.6, 0.6)),
      contrast: between(random, 0.6, 1.5),
      brightness: between(random, -0.2, 0.2),
    });
  const sharpness = random();
  if (sharpness < 0.25) changed = blur(changed, (between(random, 0.4, 1.8) * side) / 224);
  else if (sharpness < 0.4) changed = sharpen(changed, between(random, 0.3, 1.5));
  if (random() < 0.3) changed = paintMarker(changed, random);
  if (random() < 0.25) changed = paintBorder(changed, random);
  if (random() < 0.3) changed = addNoise(changed, between(random, 0.005, 0.04), random);
  if (random() < 0.6) changed = await resaveSomehow(changed, random);
  if (random() < 0.3) changed = erase(changed, random);
  return changed;
}
