import type { Progress } from '@lucency/command-line';
import type { Scored } from '@lucency/evaluation';
import { featureCount } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import { seededRandom, seedOf, shuffle } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import { type ClassWeights, classWeights } from '../dataset/examples.js';
import { dropoutMask } from '../network/dropout-mask.js';
import { crossEntropy, Head } from '../network/head.js';
import { AdamW } from '../optimisation/adam-w.js';
import { epochsWithoutGain, plateauShare } from '../optimisation/schedule.js';
import { type EpochRecord, epochFigures } from '../optimisation/training-log.js';

/** Features of the same images in the same order, once per pass. */
export interface Examples {
  /** Each `[images, 2048]`. */
  readonly passes: readonly Float32Array[];
  /** 1 is pneumonia. */
  readonly labels: readonly (0 | 1)[];
}

export interface HeadTraining {
  readonly batchSize: number;
  /** At most. */
  readonly epochs: number;
  readonly rate: number;
  /** Epochs without a lower validation loss until the rate is halved. */
  readonly plateauPatience: number;
  /** The same until training ends. */
  readonly patience: number;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
}

/**
 * Trains the head on cached features: each epoch shows every image once, in one of its passes. The weights of
 * the lowest validation loss are kept. Needs TensorFlow.js' backend started.
 */
export async function trainHead(
  training: Examples,
  validation: Examples,
  recipe: HeadTraining,
  seed: number,
  progress: Progress,
): Promise<{ tensors: Tensors; history: readonly EpochRecord[] }> {
  const random = seededRandom(seed);
  const head = Head.untrained(random);
  const adam = new AdamW();
  const weights = classWeights(training.labels);
  const order = training.labels.map((_, index) => index);
  const history: EpochRecord[] = [];
  const losses = () => history.map(({ validationLoss }) => validationLoss);
  let best = head.tensors();

  for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
    shuffle(order, random);
    const rate = recipe.rate * plateauShare(losses(), recipe.plateauPatience);
    const rows: (Scored & { loss: number })[] = [];
    for (let start = 0; start < order.length; start += recipe.batchSize)
      rows.push(...step(order.slice(start, start + recipe.batchSize), rate, seedOf(seed, epoch, start)));
    const judged = judge(head, validation, weights);
    if (losses().every((other) => judged.loss < other)) best = head.tensors();
    history.push({
      stage: 'head',
      epoch,
      rate,
      trainingLoss: rows.reduce((sum, { loss }) => sum + loss, 0) / rows.length,
      validationLoss: judged.loss,
      training: epochFigures(rows),
      validation: epochFigures(judged.rows),
    });
    progress.show(`head, loss ${judged.loss.toFixed(4)}`, epoch, recipe.epochs);
    if (epochsWithoutGain(losses()) >= recipe.patience) break;
    // Lets the terminal and signals have their turn between epochs.
    await new Promise((resolve) => setImmediate(resolve));
  }
  adam.dispose();
  tf.dispose(head.variables);
  return { tensors: best, history };

  function step(chosen: readonly number[], rate: number, maskSeed: number) {
    return tf.tidy(() => {
      const features = new Float32Array(chosen.length * featureCount);
      chosen.forEach((image, row) => {
        const pass = training.passes[Math.floor(random() * training.passes.length)];
        if (pass)
          features.set(pass.subarray(image * featureCount, (image + 1) * featureCount), row * featureCount);
      });
      const labels = chosen.map((image): 0 | 1 => training.labels[image] ?? 0);
      const smoothed = labels.map((label) => label * (1 - recipe.labelSmoothing) + recipe.labelSmoothing / 2);
      const { loss, logits, gradients } = head.gradients(
        tf.tensor2d(features, [chosen.length, featureCount]),
        dropoutMask(chosen.length, seededRandom(maskSeed)),
        tf.tensor1d(smoothed),
        tf.tensor1d(labels.map((label) => weights[label])),
      );
      adam.step(gradients, rate, recipe.weightDecay);
      const [value = Number.NaN] = loss.dataSync<'float32'>();
      const probabilities = logits.sigmoid().dataSync<'float32'>();
      return labels.map((label, at) => ({
        label,
        loss: value,
        probability: probabilities[at] ?? Number.NaN,
      }));
    });
  }
}

/** Over all passes alike. */
function judge(head: Head, { passes, labels }: Examples, weights: ClassWeights) {
  const rows: Scored[] = [];
  const losses = passes.map((pass) =>
    tf.tidy(() => {
      const logits = head.logits(tf.tensor2d(pass, [labels.length, featureCount]));
      const perImage = tf.tensor1d(labels.map((label) => weights[label]));
      const probabilities = logits.sigmoid().dataSync<'float32'>();
      rows.push(...labels.map((label, at) => ({ label, probability: probabilities[at] ?? Number.NaN })));
      const loss = crossEntropy(logits, tf.tensor1d([...labels]), perImage);
      return loss.dataSync<'float32'>()[0] ?? Number.NaN;
    }),
  );
  return { loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, rows };
}
