import { inputSide } from '../decode.js';
import { enlarge } from '../heatmap.js';

/** Steps of each curve; with both ends 17 forward passes a curve. */
export const curveSteps = 16;

/** Calibrated log-odds of pneumonia for each of several inputs. */
export type Ask = (inputs: Float32Array<ArrayBuffer>[]) => Promise<number[]>;

export interface Faithfulness {
  /** Area under the probability while the picture is uncovered, the places of most evidence first. */
  readonly insertion: number;
  /** Area under the probability while it is blackened in the same order. */
  readonly deletion: number;
  /**
   * Area of insertion minus that of deletion under the log-odds, which go on moving where the probability is as good
   * as 1. About 0 for a map that knows nothing.
   */
  readonly score: number;
}

/**
 * Insertion and deletion of Petsiuk et al. 2018 (RISE, BMVC) between the picture and black, for both. There insertion
 * starts from a blurred picture: curves that do not share their ends give even a map drawn at random a gap, and a
 * blurred chest looks like a consolidated one.
 * @param input [224, 224, 3] of Float32 in 0..1.
 * @param evidence [7, 7] signed, row-major.
 */
export async function measureFaithfulness(
  input: Float32Array,
  evidence: ArrayLike<number>,
  ask: Ask,
): Promise<Faithfulness> {
  const order = byEvidence(evidence);
  const black = new Float32Array(input.length);
  const insertion = await ask(uncover(black, input, order));
  const deletion = await ask(uncover(input, black, order));
  return {
    insertion: areaUnder(insertion.map(probability)),
    deletion: areaUnder(deletion.map(probability)),
    score: areaUnder(insertion) - areaUnder(deletion),
  };
}

function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Pixels, those of most evidence first. */
export function byEvidence(evidence: ArrayLike<number>): Uint32Array {
  const strength = enlarge(evidence, inputSide);
  return Uint32Array.from(strength.keys()).sort((a, b) => (strength[b] ?? 0) - (strength[a] ?? 0));
}

/** Pictures on the way from one to the other, in equal steps of pixels in the given order, both ends included. */
export function uncover(
  from: Float32Array,
  to: Float32Array,
  order: Uint32Array,
): Float32Array<ArrayBuffer>[] {
  const picture = Float32Array.from(from);
  const pictures = [picture.slice()];
  for (let step = 1; step <= curveSteps; step += 1) {
    const first = Math.round(((step - 1) / curveSteps) * order.length);
    for (const pixel of order.subarray(first, Math.round((step / curveSteps) * order.length))) {
      picture.set(to.subarray(pixel * 3, pixel * 3 + 3), pixel * 3);
    }
    pictures.push(picture.slice());
  }
  return pictures;
}

/** Trapezoidal, over [0, 1] in equal steps. */
export function areaUnder(curve: number[]): number {
  const inner = curve.slice(1, -1).reduce((sum, value) => sum + value, 0);
  return (inner + ((curve[0] ?? 0) + (curve.at(-1) ?? 0)) / 2) / (curve.length - 1);
}
