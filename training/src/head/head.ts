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

  /** `features`: `[N, 2048]`; answers `[N]`. */
  logits(features: tf.Tensor2D): tf.Tensor1D {
    return this.#output(this.#hidden(features));
  }

  /**
   * Loss and its gradients. `mask` `[N, 1024]` drops hidden units; `targets` and `weights` are `[N]`.
   *
   * The gradients are written out because automatic ones multiply by transposed matrices, which the WebAssembly
   * backend does without its fast kernels (2.4 s instead of 50 ms a step); a test holds them to the automatic ones.
   */
  gradients(features: tf.Tensor2D, mask: tf.Tensor2D, targets: tf.Tensor1D, weights: tf.Tensor1D) {
    const active = this.#hidden(features);
    const kept = active.mul<tf.Tensor2D>(mask);
    const logits = this.#output(kept);
    const loss = crossEntropy(logits, targets, weights);
    const slope: tf.Tensor2D = logits
      .sigmoid()
      .sub(targets)
      .mul(weights)
      .div(targets.size)
      .as2D(targets.size, 1);
    const passed = active.greater(0).mul<tf.Tensor2D>(mask);
    const below: tf.Tensor2D = tf.mul(slope, this.outputKernel.as2D(1, hidden.outputs)).mul(passed);
    const gradients = new Map<tf.Variable, tf.Tensor>([
      [this.hiddenKernel, tf.transpose(features).matMul(below)],
      [this.hiddenBias, below.sum(0)],
      [this.outputKernel, tf.transpose(kept).matMul(slope)],
      [this.outputBias, slope.sum(0)],
    ]);
    return { loss, gradients };
  }

  #hidden(features: tf.Tensor2D): tf.Tensor2D {
    return tf.matMul<tf.Tensor2D>(features, this.hiddenKernel).add<tf.Tensor2D>(this.hiddenBias).relu();
  }

  #output(active: tf.Tensor2D): tf.Tensor1D {
    return active.matMul(this.outputKernel).add(this.outputBias).as1D();
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

/** Mean over the images of weighted binary cross-entropy; all arguments `[N]`. */
export function crossEntropy(logits: tf.Tensor1D, targets: tf.Tensor1D, weights: tf.Tensor1D): tf.Scalar {
  // log(1 + e^x) - t x, without overflow.
  const perImage = logits.relu().sub(logits.mul(targets)).add(logits.abs().neg().exp().log1p());
  return perImage.mul(weights).mean().asScalar();
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
