import type { Scored } from '@lucency/evaluation';
import type { FrozenMaps } from '@lucency/model/onnx';
import { seededRandom } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import type { ClassWeights, Example } from '../dataset/examples.js';
import { dropoutMask } from '../network/dropout-mask.js';
import { crossEntropy } from '../network/head.js';
import type { TrainableNetwork } from '../network/trainable-network.js';
import type { AdamW } from '../optimisation/adam-w.js';
import { evidenceOutside } from './evidence-penalty.js';
import type { FineTuning } from './fine-tune.js';
import { mapsOf } from './frozen-trunks.js';

export interface Step {
  readonly recipe: FineTuning;
  readonly weights: ClassWeights;
  /** The share of each cell of each picture's evidence in the dilated lungs. */
  readonly covered: Float32Array;
  readonly rate: number;
  /** Weight of the evidence outside the lungs. */
  readonly penalty: number;
  /** Seed of the dropout mask. */
  readonly mask: number;
}

/** One step on a batch, from the maps of what is frozen. Answers what the network said before it. */
export function trainStep(
  network: TrainableNetwork,
  adam: AdamW,
  batch: readonly Example[],
  frozen: FrozenMaps,
  { recipe, weights, covered, rate, penalty, mask }: Step,
): (Scored & { readonly loss: number })[] {
  return tf.tidy(() => {
    const { textMined, weightDecay } = recipe;
    const maps = mapsOf(frozen);
    const dropped = dropoutMask(batch.length, seededRandom(mask));
    const targets = tf.tensor1d(
      batch.map((example) => {
        const smoothing = (example.textMined ? textMined : recipe)?.labelSmoothing ?? recipe.labelSmoothing;
        return example.label * (1 - smoothing) + smoothing / 2;
      }),
    );
    const perImage = tf.tensor1d(
      batch.map((example) => weights[example.label] * (example.textMined ? (textMined?.weight ?? 1) : 1)),
    );
    const inLungs =
      penalty > 0 ? tf.tensor2d(covered, [batch.length, covered.length / batch.length]) : undefined;
    let logits: tf.Tensor1D | undefined;
    const { value, grads } = tf.variableGrads(() => {
      const last = network.last(maps);
      logits = tf.keep(network.head.logits(last.mean<tf.Tensor2D>([1, 2]), dropped));
      const loss = crossEntropy(logits, targets, perImage);
      if (!inLungs) return loss;
      return loss.add<tf.Scalar>(evidenceOutside(network.head.evidence(last), inLungs).mul(penalty));
    }, network.variables);
    const gradients = new Map(
      network.variables.flatMap((variable) => {
        const gradient = grads[variable.name];
        return gradient ? [[variable, gradient] as const] : [];
      }),
    );
    adam.step(gradients, rate, weightDecay);
    const probabilities = logits?.sigmoid().dataSync<'float32'>() ?? new Float32Array();
    logits?.dispose();
    const [loss = Number.NaN] = value.dataSync<'float32'>();
    return batch.map(({ label }, at) => ({ label, loss, probability: probabilities[at] ?? Number.NaN }));
  });
}
