import { featureCount } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import * as tf from '@tensorflow/tfjs';
import type { Progress } from '../progress.js';
import { seededRandom, shuffle } from '../random.js';
import { AdamW } from './adam.js';
import { crossEntropy, dropoutMask, Head } from './head.js';

/** Features of the same images in the same order, once per pass. */
export interface Examples {
  /** Each `[images, 2048]`. */
  readonly passes: readonly Float32Array[];
  /** 1 is pneumonia. */
  readonly labels: readonly (0 | 1)[];
}

export interface TrainedHead {
  readonly tensors: Tensors;
  readonly epochs: number;
  readonly history: readonly EpochRecord[];
}

export interface EpochRecord {
  readonly epoch: number;
  readonly rate: number;
  readonly trainingLoss: number;
  readonly validationLoss: number;
}

const batchSize = 128;
const largestEpochs = 40;
const firstRate = 3e-4;
const decay = 0.02;
const labelSmoothing = 0.05;
/** Epochs without a better validation loss until the rate is halved, and until training ends. */
const [patienceOfRate, patience] = [2, 6];

/**
 * Trains the head on cached features: each epoch shows every image once, in one of its passes. The weights of
 * the lowest validation loss are kept. Needs TensorFlow.js' backend started.
 */
export async function trainHead(
  training: Examples,
  validation: Examples,
  seed: number,
  progress: Progress,
): Promise<TrainedHead> {
  const random = seededRandom(seed);
  const head = new Head(random);
  const adam = new AdamW();
  const weights = classWeights(training.labels);
  const order = training.labels.map((_, index) => index);
  const history: EpochRecord[] = [];
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, tensors: head.tensors() };
  let rate = firstRate;

  for (let epoch = 1; epoch <= largestEpochs && epoch - best.epoch <= patience; epoch++) {
    shuffle(order, random);
    let total = 0;
    for (let start = 0; start < order.length; start += batchSize) {
      const chosen = order.slice(start, start + batchSize);
      total += chosen.length * step(chosen);
    }
    const validationLoss = meanLoss(head, validation, weights);
    history.push({ epoch, rate, trainingLoss: total / order.length, validationLoss });
    if (validationLoss < best.loss) best = { loss: validationLoss, epoch, tensors: head.tensors() };
    else if ((epoch - best.epoch) % patienceOfRate === 0) rate /= 2;
    progress.show(`head, loss ${validationLoss.toFixed(4)}`, epoch, largestEpochs);
    // Lets the terminal and signals have their turn between epochs.
    await tf.nextFrame();
  }
  adam.dispose();
  tf.dispose(head.variables);
  return { tensors: best.tensors, epochs: best.epoch, history };

  function step(chosen: readonly number[]): number {
    return tf.tidy(() => {
      const features = new Float32Array(chosen.length * featureCount);
      chosen.forEach((image, row) => {
        const pass = training.passes[Math.floor(random() * training.passes.length)];
        if (pass) features.set(rowOf(pass, image), row * featureCount);
      });
      const rows = tf.tensor2d(features, [chosen.length, featureCount]);
      const labels = chosen.map((image) => training.labels[image] ?? 0);
      const { loss, gradients } = head.gradients(
        rows,
        dropoutMask(chosen.length, random),
        tf.tensor1d(labels.map((label) => label * (1 - labelSmoothing) + labelSmoothing / 2)),
        weightsOf(labels, weights),
      );
      adam.step(gradients, rate, decay);
      return loss.dataSync<'float32'>()[0] ?? Number.NaN;
    });
  }
}

function rowOf(features: Float32Array, image: number): Float32Array {
  return features.subarray(image * featureCount, (image + 1) * featureCount);
}

type ClassWeights = readonly [number, number];

/** So that both classes weigh alike however many images each has. */
function classWeights(labels: readonly number[]): ClassWeights {
  const positive = labels.filter((label) => label === 1).length;
  return [labels.length / (2 * (labels.length - positive)), labels.length / (2 * positive)];
}

function weightsOf(labels: readonly number[], weights: ClassWeights): tf.Tensor1D {
  return tf.tensor1d(labels.map((label) => weights[label === 1 ? 1 : 0]));
}

/** Over all passes alike. */
function meanLoss(head: Head, { passes, labels }: Examples, weights: ClassWeights): number {
  const losses = passes.map((pass) =>
    tf.tidy(() => {
      const logits = head.logits(tf.tensor2d(pass, [labels.length, featureCount]));
      const loss = crossEntropy(logits, tf.tensor1d([...labels]), weightsOf(labels, weights));
      return loss.dataSync<'float32'>()[0] ?? Number.NaN;
    }),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
