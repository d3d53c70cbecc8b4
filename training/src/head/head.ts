import { dropoutRate, featureCount, headLayers } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import * as tf from '@tensorflow/tfjs';
import { normal, type Random } from '../random.js';

const { hidden, output } = headLayers;

/** The trainable part: dense ReLU, dropout, one logit. */
export class Head {
  readonly hiddenKernel: tf.Variable<tf.Rank.R2>;
  readonly hiddenBias: tf.Variable<tf.Rank.R1>;
  readonly outputKernel: tf.Variable<tf.Rank.R2>;
  readonly outputBias: tf.Variable<tf.Rank.R1>;

  constructor(random: Random) {
    this.hiddenKernel = tf.variable(heNormal(featureCount, hidden.outputs, random));
    this.hiddenBias = tf.variable(tf.zeros<tf.Rank.R1>([hidden.outputs]));
    this.outputKernel = tf.variable(heNormal(hidden.outputs, 1, random));
    this.outputBias = tf.variable(tf.zeros<tf.Rank.R1>([1]));
  }

  get variables(): tf.Variable[] {
    return [this.hiddenKernel, this.hiddenBias, this.outputKernel, this.outputBias];
  }

  /** `features`: `[N, 2048]`; answers `[N]`. `mask` `[N, 1024]` drops hidden units while training. */
  logits(features: tf.Tensor2D, mask?: tf.Tensor2D): tf.Tensor1D {
    const active = features.matMul(this.hiddenKernel).add<tf.Tensor2D>(this.hiddenBias).relu();
    const kept = mask ? active.mul<tf.Tensor2D>(mask) : active;
    return kept.matMul(this.outputKernel).add(this.outputBias).as1D();
  }

  /** The weights as the model's files name them. */
  tensors(): Tensors {
    const tensor = (variable: tf.Variable) => ({
      shape: variable.shape,
      values: Float32Array.from(variable.dataSync<'float32'>()),
    });
    return new Map([
      [`${hidden.name}/kernel`, tensor(this.hiddenKernel)],
      [`${hidden.name}/bias`, tensor(this.hiddenBias)],
      [`${output.name}/kernel`, tensor(this.outputKernel)],
      [`${output.name}/bias`, tensor(this.outputBias)],
    ]);
  }
}

/** He et al. 2015. */
function heNormal(inputs: number, outputs: number, random: Random): tf.Tensor2D {
  const deviation = Math.sqrt(2 / inputs);
  const values = Float32Array.from({ length: inputs * outputs }, () => deviation * normal(random));
  return tf.tensor2d(values, [inputs, outputs]);
}

/**
 * Which hidden units stay, `[rows, 1024]`, scaled so that their sum keeps its size. Drawn here because a seeded
 * Dropout layer of TensorFlow.js repeats one mask in every step.
 */
export function dropoutMask(rows: number, random: Random): tf.Tensor2D {
  const kept = 1 / (1 - dropoutRate);
  const values = new Float32Array(rows * hidden.outputs).map(() => (random() < dropoutRate ? 0 : kept));
  return tf.tensor2d(values, [rows, hidden.outputs]);
}
