import type { Progress } from '@lucency/command-line';
import { featureCount, typeClasses, typeLayer } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import * as tf from '@tensorflow/tfjs';
import type { TypeClass } from '../dataset/pneumonia-type.js';
import { AdamW } from '../optimisation/adam-w.js';

/** Features `[images, 2048]`, row-major, with the class of each image. */
export interface TypedFeatures {
  readonly features: Float32Array;
  readonly classes: readonly TypeClass[];
}

export interface TypeTraining {
  /** Of each class at most so many images are learnt from. */
  readonly imagesAClass: number;
  readonly steps: number;
  readonly rate: number;
  readonly weightDecay: number;
}

const stepsBetweenJudgements = 20;
const count = typeClasses.length;

/**
 * The second head: one softmax over the trunk's features, which stay as they are, the classes weighing alike, all images
 * in every step. The weights of the lowest validation loss are kept. Needs TensorFlow.js' backend started.
 * @returns `type/kernel` and `type/bias` of features as they are: what each was scaled by is inside.
 */
export function trainTypes(
  training: TypedFeatures,
  validation: TypedFeatures,
  { steps, rate, weightDecay }: TypeTraining,
  progress: Progress,
): Tensors {
  const scaling = scalingOf(training.features);
  const kernel = tf.variable(tf.zeros<tf.Rank.R2>([featureCount, count]));
  const bias = tf.variable(tf.zeros<tf.Rank.R1>([count]));
  const adam = new AdamW();
  const learnt = onDevice(training, scaling);
  const judged = onDevice(validation, scaling);
  const loss = ({ features, targets, weights }: OnDevice) =>
    tf.tidy(() => {
      const likelihood = features
        .matMul<tf.Tensor2D>(kernel)
        .add<tf.Tensor2D>(bias)
        .logSoftmax()
        .mul(targets);
      return likelihood.sum(1).mul(weights).sum().neg().asScalar();
    });
  let best = { loss: Number.POSITIVE_INFINITY, kernel: new Float32Array(), bias: new Float32Array() };
  for (let step = 1; step <= steps; step++) {
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() => loss(learnt), [kernel, bias]);
      const of = (variable: tf.Variable) =>
        [variable, grads[variable.name] ?? tf.zerosLike(variable)] as const;
      adam.step(new Map([of(kernel), of(bias)]), rate, weightDecay);
    });
    if (step % stepsBetweenJudgements > 0) continue;
    const now = tf.tidy(() => loss(judged).dataSync<'float32'>()[0] ?? Number.NaN);
    if (now < best.loss)
      best = {
        loss: now,
        kernel: kernel.dataSync<'float32'>().slice(),
        bias: bias.dataSync<'float32'>().slice(),
      };
    progress.show(`types, loss ${now.toFixed(4)}`, step, steps);
  }
  adam.dispose();
  tf.dispose([kernel, bias, ...Object.values(learnt), ...Object.values(judged)]);
  if (best.kernel.length === 0) throw new Error('telling the types apart was never judged');
  return unscaled(best, scaling);
}

interface Scaling {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Of each feature; a feature that hardly ever changes is left as it is, or its rounding would be learnt from. */
function scalingOf(features: Float32Array): Scaling {
  const rows = features.length / featureCount;
  const [mean, variance] = [new Float64Array(featureCount), new Float64Array(featureCount)];
  features.forEach((value, at) => {
    mean[at % featureCount] = (mean[at % featureCount] ?? 0) + value / rows;
  });
  features.forEach((value, at) => {
    const feature = at % featureCount;
    variance[feature] = (variance[feature] ?? 0) + (value - (mean[feature] ?? 0)) ** 2 / rows;
  });
  return { mean, deviation: variance.map((value) => (value > 1e-8 ? Math.sqrt(value) : 1)) };
}

type OnDevice = {
  readonly features: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
  readonly weights: tf.Tensor1D;
};

/** Scaled features, targets one-hot, and weights that sum to 1, a third to each class. */
function onDevice({ features, classes }: TypedFeatures, { mean, deviation }: Scaling): OnDevice {
  const scaled = features.map(
    (value, at) => (value - (mean[at % featureCount] ?? 0)) / (deviation[at % featureCount] ?? 1),
  );
  const images = typeClasses.map((_, place) => classes.filter((one) => one === place).length);
  return {
    features: tf.tensor2d(scaled, [classes.length, featureCount]),
    targets: tf
      .oneHot(tf.tensor1d([...classes], 'int32'), count)
      .toFloat()
      .as2D(classes.length, count),
    weights: tf.tensor1d(classes.map((one) => 1 / (count * (images[one] ?? 1)))),
  };
}

/** Of `w ((x - mean) / deviation) + b` as a kernel and a bias of x. */
function unscaled(
  of: { readonly kernel: Float32Array; readonly bias: Float32Array },
  scaling: Scaling,
): Tensors {
  const kernel = of.kernel.map((weight, at) => weight / (scaling.deviation[Math.floor(at / count)] ?? 1));
  const bias = of.bias.slice();
  kernel.forEach((weight, at) => {
    bias[at % count] = (bias[at % count] ?? 0) - weight * (scaling.mean[Math.floor(at / count)] ?? 0);
  });
  return new Map([
    [`${typeLayer.name}/kernel`, { shape: [featureCount, count], values: kernel }],
    [`${typeLayer.name}/bias`, { shape: [count], values: bias }],
  ]);
}
