import { borderShareOf } from './border.js';
import type { Colour } from './colour.js';
import { entropyOf, histogramOf, shadeAbove } from './histogram.js';
import type { Picture } from './picture.js';
import { measureTexture, type Texture } from './texture.js';

/** What the quality gate looks at, measured on the 224 x 224 picture. Shades and shares run from 0 to 1. */
export interface QualityMeasures extends Colour, Texture {
  /** Longer side over shorter side of the original. */
  aspectRatio: number;
  /** Mean shade. */
  brightness: number;
  /** Standard deviation of the shades. */
  contrast: number;
  /** Shade above all but 1 % of the pixels minus shade below all but 1 %. */
  range: number;
  /** Shannon entropy of the histogram of 64 shades, in bits: 0 to 6. */
  entropy: number;
  /** Largest share of pixels within one thirty-second of the shades, leaving out the darkest eighth. */
  flatShare: number;
  /** Share of pixels that are all but black, and all but white. */
  blackShare: number;
  whiteShare: number;
  /** Share of the picture that flat margins take. */
  borderShare: number;
}

/** @param shades [224, 224], positive. */
export function measure({ colour, width, height }: Picture, shades: Float32Array): QualityMeasures {
  const fine = histogramOf(shades, 256);
  const coarse = histogramOf(shades, 32);
  const brightness = meanOf(shades);
  return {
    aspectRatio: Math.max(width, height) / Math.min(width, height),
    brightness,
    contrast: deviation(shades, brightness),
    range: shadeAbove(fine, 0.99) - shadeAbove(fine, 0.01),
    entropy: entropyOf(histogramOf(shades, 64)),
    ...colour,
    flatShare: coarse.slice(4).reduce((top, share) => Math.max(top, share), 0),
    blackShare: (fine[0] ?? 0) + (fine[1] ?? 0),
    whiteShare: (fine[254] ?? 0) + (fine[255] ?? 0),
    borderShare: borderShareOf(shades),
    ...measureTexture(shades),
  };
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function deviation(values: Float32Array, around: number): number {
  let sum = 0;
  for (const value of values) sum += (value - around) * (value - around);
  return Math.sqrt(sum / values.length);
}
