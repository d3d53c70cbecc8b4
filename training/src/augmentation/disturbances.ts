import type { LungMask } from '@lucency/imaging/lungs';
import { between, type Random } from '@lucency/statistics';
import { equalize, expose } from './exposure.js';
import { cropAll, type Placement, place, untouched } from './geometry.js';
import { paintMarker } from './painting.js';
import type { Picture } from './picture.js';
import { resave } from './resave.js';
import { addNoise, blur } from './sharpness.js';

const borderCropped: Placement = { ...untouched, crop: cropAll(0.12) };

type Disturb = (picture: Picture, random: Random) => Picture | Promise<Picture>;

/**
 * One thing at a time that another hospital or another year may do to a picture: what the shifted validation and
 * the report apply to every image. Stronger than most of what training shows.
 */
export const disturbances = {
  'border cropped': (picture) => place(picture, borderCropped, picture.side),
  dark: (picture, random) =>
    expose(picture, { gamma: between(random, 1.6, 2), contrast: 1, brightness: -0.08 }),
  bright: (picture, random) =>
    expose(picture, { gamma: between(random, 0.5, 0.62), contrast: 1, brightness: 0.08 }),
  contrast: (picture, random) =>
    expose(picture, { gamma: 1, contrast: random() < 0.5 ? 0.55 : 1.6, brightness: 0 }),
  blur: (picture) => blur(picture, (1.6 * picture.side) / 224),
  noise: (picture, random) => addNoise(picture, 0.05, random),
  marker: (picture, random) => paintMarker(paintMarker(picture, random), random),
  equalized: (picture) => equalize(picture, 1),
  JPEG: (picture) => resave(picture, { side: picture.side, kernel: 'linear', jpegQuality: 25 }),
  downscaled: (picture) => resave(picture, { side: Math.round(picture.side * 0.45), kernel: 'linear' }),
} as const satisfies Record<string, Disturb>;

export type Disturbance = keyof typeof disturbances;
export const disturbanceNames = Object.keys(disturbances) as Disturbance[];

export function disturb(picture: Picture, name: Disturbance, random: Random): Picture | Promise<Picture> {
  const change: Disturb = disturbances[name];
  return change(picture, random);
}

/** Where the lungs of a disturbed picture are: only the crop moves them. */
export function disturbLungs({ side, bits }: LungMask, name: Disturbance): LungMask {
  if (name !== 'border cropped') return { side, bits };
  const placed = place({ side, shades: Float32Array.from(bits) }, borderCropped, side);
  return { side, bits: Uint8Array.from(placed.shades, (share) => (share >= 0.5 ? 1 : 0)) };
}
