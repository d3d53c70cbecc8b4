import {
  coverageOf,
  type LungMask,
  type LungMeasures,
  lungBox,
  maskOf,
  measureLungs,
  type Region,
} from '@lucency/imaging/lungs';
import type { Segmenter } from '@lucency/model/lungs';

/** The lungs of one picture. */
export interface FoundLungs {
  readonly mask: LungMask;
  /** Around the lungs, of the picture; null where there are none. */
  readonly box: Region | null;
  /** Share of the picture that they cover. */
  readonly coverage: number;
  readonly measures: LungMeasures;
  /** Of each pixel of the mask. */
  readonly probabilities: Float32Array;
}

/** @param shades `[side, side]`, grey 0-1, positive. */
export async function findLungs(
  segmenter: Segmenter,
  shades: Float32Array,
  side: number,
): Promise<FoundLungs> {
  const probabilities = await segmenter.segment(shades, side);
  const maskSide = Math.sqrt(probabilities.length);
  const mask = maskOf(probabilities, maskSide);
  return {
    mask,
    box: lungBox(mask),
    coverage: coverageOf(mask),
    measures: measureLungs(probabilities, maskSide),
    probabilities,
  };
}
