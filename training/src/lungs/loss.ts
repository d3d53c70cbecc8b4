import type * as tf from '@tensorflow/tfjs';

/** Cells added to both sides of the overlap, so that pictures without lungs have a slope, too. */
const smoothing = 12;

/**
 * Binary cross-entropy of every cell plus one minus the soft Dice coefficient of every picture (Milletari et al.
 * 2016), averaged.
 * @param logits `[N, side, side]`; `shares`: the share of lung in each cell, 0-1.
 */
export function lungsLoss(logits: tf.Tensor3D, shares: tf.Tensor3D): tf.Scalar {
  // log(1 + e^-|z|) + max(z, 0) - z y, which does not overflow.
  const entropy = logits.abs().neg().exp().log1p().add(logits.relu()).sub(logits.mul(shares)).mean();
  const likely = logits.sigmoid();
  const overlap = likely.mul(shares).sum([1, 2]).mul(2).add(smoothing);
  const dice = overlap
    .div(
      likely
        .sum([1, 2])
        .add(shares.sum([1, 2]))
        .add(smoothing),
    )
    .mean();
  return entropy.add(1).sub(dice).asScalar();
}
