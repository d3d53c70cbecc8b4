import type { Random } from '../random.js';
import { type Disturbance, disturb, disturbanceNames } from './disturbances.js';
import { place, untouched } from './geometry.js';
import type { Picture } from './picture.js';
import { augmentRobustly } from './robust.js';
import { augmentLikeSource } from './source.js';

/** What is done to a picture before a model sees it. */
export type Treatment = 'plain' | 'robust' | 'source' | Disturbance;

/** Raised when a treatment changes, so that nothing cached from before is taken for it. */
export const treatmentsVersion = 1;

/** Every validation treatment: as it is, and under each disturbance. */
export const shiftedTreatments: readonly Treatment[] = ['plain', ...disturbanceNames];

/** Plain for every other number, the disturbances in turn for those between. */
export function halfPlain(number: number): Treatment {
  return number % 2 === 0
    ? 'plain'
    : (disturbanceNames[Math.floor(number / 2) % disturbanceNames.length] ?? 'plain');
}

/** Treated and brought to `side` pixels; the same `random` gives the same picture. */
export async function treat(
  picture: Picture,
  treatment: Treatment,
  random: Random,
  side: number,
): Promise<Picture> {
  if (treatment === 'robust') return augmentRobustly(picture, random, side);
  if (treatment === 'source') return augmentLikeSource(picture, random, side);
  const changed = treatment === 'plain' ? picture : await disturb(picture, treatment, random);
  return side === changed.side ? changed : place(changed, untouched, side);
}
