import * as tf from '@tensorflow/tfjs';

/** What evidence outside the lungs costs. */
export interface EvidencePenalty {
  /** Of the penalty in the loss, once it is fully there. */
  readonly weight: number;
  /** The share of all steps over which it grows to its weight: earlier it would ruin the ranking. */
  readonly growsOver: number;
}

/** Keeps a map without any evidence from being all outside. */
const some = 0.5;

/**
 * The mean over the images of the share of evidence, for and against, that lies outside the lungs. `evidence`: `[N, cells]`
 * as the head gives it; `covered`: `[N, cells]`, the share of each cell in the dilated lungs.
 */
export function evidenceOutside(evidence: tf.Tensor2D, covered: tf.Tensor2D): tf.Scalar {
  const size = evidence.abs();
  const outside = size.mul(tf.sub(1, covered)).sum(1);
  return outside.div(size.sum(1).add(some)).mean().asScalar();
}

/** The weight at a step of so many in all. */
export function penaltyAt({ weight, growsOver }: EvidencePenalty, step: number, steps: number): number {
  return weight * Math.min(1, step / (growsOver * steps));
}
