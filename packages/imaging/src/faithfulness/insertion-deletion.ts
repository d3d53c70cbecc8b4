import { inputSide } from '../decode.js';
import { enlarge } from '../heatmap.js';
import { blur } from './blur.js';

/** Steps of each curve; with both ends 17 forward passes a curve. */
export const curveSteps = 16;

/** Probability of pneumonia for each of several inputs. */
export type Ask = (inputs: Float32Array<ArrayBuffer>[]) => Promise<number[]>;

/**
 * Insertion and deletion of Petsiuk et al. 2018 (RISE, BMVC): the picture is shown by and by, starting blurred
 * with the places of most evidence, or blackened by and by in the same order. Each score is the area under the
 * probability over the share of changed pixels: a faithful map has high insertion and low deletion.
 * @param input [224, 224, 3] of Float32 in 0..1.
 * @param evidence [7, 7] signed, row-major.
 */
export async function measureFaithfulness(
  input: Float32Array,
  evidence: ArrayLike<number>,
  ask: Ask,
): Promise<{ insertion: number; deletion: number }> {
  const order = byEvidence(evidence);
  const insertion = await ask(uncover(blur(input, inputSide), input, order));
  const deletion = await ask(uncover(input, new Float32Array(input.length), order));
  return { insertion: areaUnder(insertion), deletion: areaUnder(deletion) };
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
