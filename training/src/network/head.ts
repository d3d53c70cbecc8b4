import { featureCount, headLayers } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import { normal, type Random } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';

const { hidden, output } = headLayers;

/** The trainable part: dense ReLU, dropout, one logit. */
export class Head {
  readonly hiddenKernel: tf.Variable<tf.Rank.R2>;
  readonly hiddenBias: tf.Variable<tf.Rank.R1>;
  readonly outputKernel: tf.Variable<tf.Rank.R2>;
  readonly outputBias: tf.Variable<tf.Rank.R1>;

  constructor(
    hiddenKernel: tf.Tensor2D,
    hiddenBias: tf.Tensor1D,
    outputKernel: tf.Tensor2D,
    outputBias: tf.Tensor1D,
  ) {
    this.hiddenKernel = tf.variable(hiddenKernel);
    this.hiddenBias = tf.variable(hiddenBias);
    this.outputKernel = tf.variable(outputKernel);
    this.outputBias = tf.variable(outputBias);
  }

  static untrained(random: Random): Head {
    return new Head(
      heNormal(featureCount, hidden.outputs, random),
      tf.zeros<tf.Rank.R1>([hidden.outputs]),
      heNormal(hidden.outputs, 1, random),
      tf.zeros<tf.Rank.R1>([1]),
    );
  }

  /** From tensors as the model's files name them. */
  static of(tensors: Tensors): Head {
    const values = (name: string) => {
      const tensor = tensors.get(name);
      if (!tensor) throw new Error(`${name} is missing`);
      return tensor.values;
    };
    return new Head(
      tf.tensor2d(values(`${hidden.name}/kernel`), [featureCount, hidden.outputs]),
      tf.tensor1d(values(`${hidden.name}/bias`)),
      tf.tensor2d(values(`${output.name}/kernel`), [hidden.outputs, 1]),
      tf.tensor1d(values(`${output.name}/bias`)),
    );
  }

  get variables(): tf.Variable[] {
    return [this.hiddenKernel, this.hiddenBias, this.outputKernel, this.outputBias];
  }

  /** The variables as the model's files name them. */
  named(): Map<string, tf.Variable> {
    return new Map<string, tf.Variable>([
      [`${hidden.name}/kernel`, this.hiddenKernel],
      [`${hidden.name}/bias`, this.hiddenBias],
      [`${output.name}/kernel`, this.outputKernel],
      [`${output.name}/bias`, this.outputBias],
    ]);
  }

  /** `features`: `[N, 2048]`; answers `[N]`. `mask` `[N, 1024]` drops hidden units. Differentiable. */
  logits(features: tf.Tensor2D, mask?: tf.Tensor2D): tf.Tensor1D {
    const active = this.#hidden(features);
    return this.#output(mask ? active.mul<tf.Tensor2D>(mask) : active);
  }

  /**
   * What the cells of the last maps `[N, cells, cells, 2048]` contribute to the logit, `[N, cells * cells]`, times the
   * number of cells. Which hidden units are active makes the head a line, so that the mean over the cells and a
   * constant are the logit: the evidence map that is served, in other units. Differentiable; which units
   * are active is not.
   */
  evidence(maps: tf.Tensor4D): tf.Tensor2D {
    const [count, rows, columns, features] = maps.shape;
    const active = this.#hidden(maps.mean<tf.Tensor2D>([1, 2])).step();
    const passed = active.mul<tf.Tensor2D>(this.outputKernel.as2D(1, hidden.outputs));
    const weights = tf.matMul<tf.Tensor2D>(passed, this.hiddenKernel, false, true);
    const cells = maps.reshape<tf.Tensor3D>([count, rows * columns, features]);
    return tf.matMul(cells, weights.as3D(count, features, 1)).as2D(count, rows * columns);
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
    return { loss, logits, gradients };
  }

  #hidden(features: tf.Tensor2D): tf.Tensor2D {
    return tf.matMul<tf.Tensor2D>(features, this.hiddenKernel).add<tf.Tensor2D>(this.hiddenBias).relu();
  }

  #output(active: tf.Tensor2D): tf.Tensor1D {
    return active.matMul(this.outputKernel).add(this.outputBias).as1D();
  }

  /** Copies of the weights as the model's files name them. */
  tensors(): Tensors {
    return new Map(
      [...this.named()].map(([name, variable]) => [
        name,
        { shape: variable.shape, values: Float32Array.from(variable.dataSync<'float32'>()) },
      ]),
    );
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
