import type { Progress } from '@lucency/command-line';
import { inputSize, mapSize, textureCount, typeLayer } from '@lucency/model/card';
import type { ModelRunner } from '@lucency/model/onnx';
import * as tf from '@tensorflow/tfjs';
import { toRgb } from '../augmentation/picture.js';
import type { Shown } from '../dataset/examples.js';
import type { TrainableNetwork } from '../network/trainable-network.js';
import type { PicturePool } from '../pictures/picture-pool.js';

/** What a model said of an image in one treatment. */
export interface Answer extends Shown {
  readonly logit: number;
  /** Signed 7 x 7, row-major; none where only the logit was asked for. */
  readonly evidence?: Float32Array;
  /** What the conv3 maps average to, 512 values. */
  readonly texture?: Float32Array;
  /** Logits of the second head, where the model has one. */
  readonly types?: Float32Array;
  /** In the engine, a share of its batch's. */
  readonly milliseconds?: number;
}

const batchSize = 8;
const cells = mapSize * mapSize;
const pixels = inputSize * inputSize;

/** Answers of the engine that serves, in the order of what was shown. */
export async function answersOf(
  runner: Pick<ModelRunner, 'run'>,
  shown: readonly Shown[],
  pool: PicturePool,
  { progress, step }: { readonly progress: Progress; readonly step: string },
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const load = (start: number) => pool.treat(shown.slice(start, start + batchSize), inputSize);
  let next = shown.length > 0 ? load(0) : undefined;
  for (let start = 0; start < shown.length; start += batchSize) {
    const shades = await next;
    if (!shades) break;
    next = start + batchSize < shown.length ? load(start + batchSize) : undefined;
    const batch = shown.slice(start, start + batchSize);
    const inputs = batch.map((_, at) =>
      toRgb({ side: inputSize, shades: shades.subarray(at * pixels, (at + 1) * pixels) }),
    );
    const begun = performance.now();
    const { logits, evidence, texture, types } = await runner.run(inputs);
    const milliseconds = (performance.now() - begun) / batch.length;
    answers.push(
      ...batch.map((one, at) => ({
        ...one,
        logit: logits[at] ?? Number.NaN,
        evidence: evidence.slice(at * cells, (at + 1) * cells),
        texture: texture.slice(at * textureCount, (at + 1) * textureCount),
        ...(types ? { types: types.slice(at * typeLayer.outputs, (at + 1) * typeLayer.outputs) } : {}),
        milliseconds,
      })),
    );
    progress.show(step, answers.length, shown.length);
  }
  return answers;
}

/** The same of a network in training, at any side. */
export async function answersOfNetwork(
  network: TrainableNetwork,
  shown: readonly Shown[],
  pool: PicturePool,
  side: number,
  { progress, step }: { readonly progress: Progress; readonly step: string },
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < shown.length; start += batchSize) {
    const batch = shown.slice(start, start + batchSize);
    const shades = await pool.treat(batch, side);
    const logits = tf.tidy(() => network.answers(shades, batch.length, side).dataSync<'float32'>().slice());
    answers.push(...batch.map((one, at) => ({ ...one, logit: logits[at] ?? Number.NaN })));
    progress.show(step, answers.length, shown.length);
  }
  return answers;
}
