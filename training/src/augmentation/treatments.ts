import type { Random } from '@lucency/statistics';
import { type Disturbance, disturb, disturbanceNames, disturbLungs } from './disturbances.js';
import { place, untouched } from './geometry.js';
import { augmentOnLungs, type Chest, cropToLungs, type ShownChest, uncropped } from './lungs.js';
import type { Picture } from './picture.js';
import { augmentRobustly } from './robust.js';
import { augmentLikeSource } from './source.js';

/** What is done to a picture before a model sees it. */
export type Treatment = 'plain' | 'robust' | 'source' | 'lungs' | AblatedTreatment | Disturbance;

/** Of pictures whose lungs are known, with a part of what is otherwise done left out, to find out what that part does. */
export type AblatedTreatment = 'uncropped' | 'lungs, uncropped' | 'lungs, surroundings kept';

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
  if (treatment === 'lungs' || isAblated(treatment))
    throw new RangeError(`the treatment ${treatment} needs to know where the lungs are`);
  const changed = treatment === 'plain' ? picture : await disturb(picture, treatment, random);
  return side === changed.side ? changed : place(changed, untouched, side);
}

/**
 * The same of a picture that is looked at in the crop of its lungs. What disturbs a
 * picture in the validation does so before it is cropped, as another hospital would. `other`: a training picture that
 * may stand behind the thorax.
 */
export async function treatChest(
  chest: Chest,
  treatment: Treatment,
  other: Picture | undefined,
  random: Random,
  side: number,
): Promise<ShownChest> {
  if (treatment === 'lungs') return augmentOnLungs(chest, other, random, side);
  if (treatment === 'plain') return cropToLungs(chest, side);
  if (treatment === 'uncropped') return uncropped(chest, side);
  if (isAblated(treatment))
    return augmentOnLungs(chest, other, random, side, {
      crop: treatment !== 'lungs, uncropped',
      replace: treatment !== 'lungs, surroundings kept',
    });
  if (treatment === 'robust' || treatment === 'source')
    throw new RangeError(`the treatment ${treatment} is one of whole pictures`);
  const picture = await disturb(chest.picture, treatment, random);
  return cropToLungs({ picture, lungs: disturbLungs(chest.lungs, treatment) }, side);
}

function isAblated(treatment: Treatment): treatment is AblatedTreatment {
  return treatment === 'uncropped' || treatment.startsWith('lungs, ');
}
