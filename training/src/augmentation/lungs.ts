import {
  cellShares,
  coverageOf,
  cropBox,
  cropMask,
  cropShades,
  dilated,
  type LungMask,
  lungBox,
  smallestCoverage,
  wholePicture,
} from '@lucency/imaging/lungs';
import { between, normal, type Random } from '@lucency/statistics';
import { replaceOutside } from './background.js';
import { distanceTo } from './distance.js';
import { equalize, expose, toneCurve, unevenBeam } from './exposure.js';
import { type Placement, place, untouched } from './geometry.js';
import { erase } from './painting.js';
import type { Picture } from './picture.js';
import { resaveSomehow } from './resave.js';
import { addNoise, blur, sharpen } from './sharpness.js';

/** A picture with its lungs, both of the same side. */
export interface Chest {
  readonly picture: Picture;
  readonly lungs: LungMask;
}

export interface ShownChest {
  readonly picture: Picture;
  /** The share of every cell of an evidence map that the dilated lungs cover, row-major. */
  readonly covered: Float32Array;
}

/** The network halves a picture's side five times. */
export const pixelsOfCell = 32;

/**
 * Cropped to the lungs, whose box is never quite known, everything outside the thorax replaced more often than not, and
 * what differs between hospitals disturbed. Strengths after what helped on this data set and at a second hospital.
 */
export async function augmentOnLungs(
  { picture, lungs }: Chest,
  other: Picture | undefined,
  random: Random,
  side: number,
  does: { readonly crop: boolean; readonly replace: boolean } = { crop: true, replace: true },
): Promise<ShownChest> {
  const found = coverageOf(lungs) >= smallestCoverage;
  const distance = found ? distanceTo(lungs) : new Float32Array(picture.shades.length);
  const replaced = found && random() < 0.6 && does.replace;
  const before = replaced ? replaceOutside(picture, lungs, distance, other, random) : picture;
  const fill = random();
  const placement: Placement = {
    crop: moved(does.crop ? roughCrop(lungs, random) : nothing, random),
    turn: Math.min(0.35, Math.max(-0.35, 0.14 * normal(random))),
    flip: random() < 0.5,
    outside: fill < 0.5 ? 0 : fill < 0.85 ? 'edge' : 1,
  };
  const changed = await disturbed(place(before, placement, side), random);
  const placed = placeDistance(distance, placement, picture.side, side);
  return { picture: changed, covered: coveredCells(placed) };
}

/** Cropped as the services crop. */
export function cropToLungs({ picture, lungs }: Chest, side: number): ShownChest {
  const region = cropBox(lungs);
  const cropped = { side: picture.side, shades: cropShades(picture.shades, picture.side, region) };
  const cells = Math.floor(side / pixelsOfCell);
  return {
    picture: side === picture.side ? cropped : place(cropped, untouched, side),
    covered: cellShares(cropMask(dilated(lungs), region), cells),
  };
}

/** All of it. */
export function uncropped({ picture, lungs }: Chest, side: number): ShownChest {
  return {
    picture: side === picture.side ? picture : place(picture, untouched, side),
    covered: cellShares(dilated(lungs), Math.floor(side / pixelsOfCell)),
  };
}

const nothing: Placement['crop'] = { left: 0, right: 0, top: 0, bottom: 0 };

/** The box of the lungs with -3 to 18 % around each side, as a segmentation may err; the whole picture without lungs. */
function roughCrop(lungs: LungMask, random: Random): Placement['crop'] {
  const found = coverageOf(lungs) >= smallestCoverage;
  const { x, y, width, height } = (found ? lungBox(lungs) : null) ?? wholePicture;
  const margin = () => (found ? between(random, -0.03, 0.18) : 0);
  return {
    left: Math.max(0, x - margin() * width),
    right: Math.max(0, 1 - x - width - margin() * width),
    top: Math.max(0, y - margin() * height),
    bottom: Math.max(0, 1 - y - height - margin() * height),
  };
}

/** Zoomed by up to a fifth and shifted by up to 7 % of the crop. */
function moved(crop: Placement['crop'], random: Random): Placement['crop'] {
  const [width, height] = [1 - crop.left - crop.right, 1 - crop.top - crop.bottom];
  const zoom = Math.exp(between(random, -0.2, 0.2));
  const [right, down] = [between(random, -0.07, 0.07), between(random, -0.07, 0.07)];
  const [wider, higher] = [(width * (1 / zoom - 1)) / 2, (height * (1 / zoom - 1)) / 2];
  return {
    left: crop.left - wider + right * width,
    right: crop.right - wider - right * width,
    top: crop.top - higher + down * height,
    bottom: crop.bottom - higher - down * height,
  };
}

async function disturbed(placed: Picture, random: Random): Promise<Picture> {
  let changed = placed;
  if (random() < 0.2) changed = toneCurve(changed, random);
  if (random() < 0.1) changed = equalize(changed, between(random, 0.3, 1));
  if (random() < 0.2) changed = unevenBeam(changed, random);
  if (random() < 0.95)
    changed = expose(changed, {
      gamma: Math.exp(between(random, -0.6, 0.6)),
      contrast: between(random, 0.6, 1.5),
      brightness: between(random, -0.15, 0.15),
    });
  const sharpness = random();
  if (sharpness < 0.25) changed = blur(changed, (between(random, 0.4, 1.6) * changed.side) / 224);
  else if (sharpness < 0.35) changed = sharpen(changed, between(random, 0.3, 1.5));
  if (random() < 0.3) changed = addNoise(changed, between(random, 0.01, 0.05), random);
  if (random() < 0.35) changed = await resaveSomehow(changed, random);
  if (random() < 0.3) changed = erase(changed, random);
  return changed;
}

/** How finely lungs are placed: eight by eight in a cell of evidence. */
const placesInCell = 8;
/** Farther than any place that is asked about. */
const farAway = 999;

function placeDistance(distance: Float32Array, placement: Placement, from: number, side: number): Picture {
  const places = placesInCell * Math.floor(side / pixelsOfCell);
  return place({ side: from, shades: distance }, { ...placement, outside: farAway }, places);
}

/** Lungs grow by this many pixels of 224, as where the services judge evidence. */
const growth = 4.5;

function coveredCells({ side, shades }: Picture): Float32Array {
  const bits = Uint8Array.from(shades, (distance) => (distance <= growth ? 1 : 0));
  return cellShares({ side, bits }, side / placesInCell);
}
