import type { Progress } from '@lucency/command-line';
import { groupBy, Ranking, type Scored } from '@lucency/evaluation';
import type { FrozenTrunk } from '@lucency/model/onnx';
import * as tf from '@tensorflow/tfjs';
import { greyToRgb } from '../augmentation/picture.js';
import type { ClassWeights, Shown } from '../dataset/examples.js';
import { crossEntropy } from '../network/head.js';
import type { TrainableNetwork } from '../network/trainable-network.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import { mapsOf } from './frozen-trunks.js';

const batchSize = 16;

export interface Judging {
  readonly frozen: FrozenTrunk;
  readonly validation: readonly Shown[];
  readonly pool: PicturePool;
  readonly weights: ClassWeights;
  readonly side: number;
}

/** Loss and answers on the validation. */
export async function judgeEpoch(
  network: TrainableNetwork,
  { frozen, validation, pool, weights, side }: Judging,
  progress: Progress,
) {
  const rows: (Scored & { readonly source: string })[] = [];
  let total = 0;
  for (let start = 0; start < validation.length; start += batchSize) {
    const batch = validation.slice(start, start + batchSize);
    const shades = await pool.treat(batch, side);
    const maps = await frozen.run(greyToRgb(shades), batch.length);
    tf.tidy(() => {
      const logits = network.logits(mapsOf(maps));
      const loss = crossEntropy(
        logits,
        tf.tensor1d(batch.map(({ label }) => label)),
        tf.tensor1d(batch.map(({ label }) => weights[label])),
      );
      total += (loss.dataSync<'float32'>()[0] ?? Number.NaN) * batch.length;
      const probabilities = logits.sigmoid().dataSync<'float32'>();
      rows.push(
        ...batch.map(({ label, source }, at) => ({
          label,
          source,
          probability: probabilities[at] ?? Number.NaN,
        })),
      );
    });
    progress.show('validation', rows.length, validation.length);
  }
  return { loss: total / validation.length, rows };
}

/** The lowest of the areas under the sources' own curves. */
export function areaOfWorstSource(rows: readonly (Scored & { readonly source: string })[]): number {
  const sources = [...groupBy(rows, ({ source }) => source).values()];
  return Math.min(...sources.map((of) => new Ranking(of).area()));
}
