import type { Progress } from '@lucency/command-line';
import { type LungsUnit, logitsSide, lungsSide } from '@lucency/model/lungs';
import type { Tensors } from '@lucency/model/weights';
import { seededRandom, seedOf, shuffle } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import { asKind, ofKind, readCheckpoint, writeCheckpoint } from '../fine-tuning/checkpoint.js';
import { Interrupted } from '../fine-tuning/fine-tune.js';
import { AdamW } from '../optimisation/adam-w.js';
import { cosineShare } from '../optimisation/schedule.js';
import { meanDice } from './dice.js';
import type { LungData, LungExample } from './examples.js';
import { lungsLoss } from './loss.js';
import { type LungBatch, type LungWish, openLungPool } from './lung-pool.js';
import { lungsRecipe } from './recipe.js';
import { TrainableLungs } from './trainable-lungs.js';

export interface LungsJob {
  readonly data: LungData;
  readonly seed: number;
  readonly epochs: number;
  /** Highest. */
  readonly rate: number;
  /** Where a second round starts. */
  readonly from?: Tensors | undefined;
  /** Checkpoints go here; what is there is gone on with. */
  readonly checkpoint: string;
  readonly interrupted: () => boolean;
  /** Ends after so many steps in all, for tests. */
  readonly stopAfter?: number;
}

interface LungsPosition {
  readonly steps: number;
}

const stepsBetweenCheckpoints = 50;

/**
 * Trains the segmenter. Everything random comes from the seed and the step, so that a training that was killed goes on
 * as if it had not been. Needs TensorFlow.js' native backend started.
 */
export async function fitLungs(
  job: LungsJob,
  progress: Progress,
): Promise<{ tensors: Tensors; steps: number }> {
  const { data, seed } = job;
  const { batchSize } = lungsRecipe;
  const network = new TrainableLungs(seed);
  if (job.from) network.restore(new Map([...job.from].map(([name, { values }]) => [name, values])));
  const trained = network.trained;
  const adam = new AdamW();
  let steps = 0;
  const kept = await readCheckpoint<LungsPosition>(job.checkpoint);
  if (kept) {
    ({ steps } = kept.position);
    network.restore(ofKind(kept.values, 'weights'));
    adam.restore(trained, { steps, moments: ofKind(kept.values, 'moments') });
    progress.say(`goes on at step ${steps}`);
  }
  const save = () =>
    writeCheckpoint<LungsPosition>(job.checkpoint, {
      position: { steps },
      values: new Map([
        ...asKind('weights', network.values()),
        ...asKind('moments', adam.state(trained).moments),
      ]),
    });
  const perEpoch = Math.floor(epochOf(data.parts.train, seed, 0).length / batchSize);
  const last = job.epochs * perEpoch;
  const pool = openLungPool(data.store);
  try {
    let next = pool.ask(batchAt(steps));
    while (steps < last) {
      const batch = await next;
      if (steps + 1 < last) next = pool.ask(batchAt(steps + 1));
      const rate = job.rate * cosineShare(steps, last, Math.ceil(lungsRecipe.warmupShare * last));
      const loss = trainStep(network, adam, batch, rate);
      steps += 1;
      progress.show(`loss ${loss.toFixed(3)}`, steps * batchSize, last * batchSize);
      if (steps === job.stopAfter) break;
      if (job.interrupted()) {
        await save();
        throw new Interrupted('interrupted');
      }
      if (steps % perEpoch === 0) {
        const dice = await meanDice(network.tensors(), data.parts.validation, data.store);
        progress.say(`epoch ${steps / perEpoch}: loss ${loss.toFixed(4)}, Dice ${dice.toFixed(4)}`);
      }
      if (steps % stepsBetweenCheckpoints === 0 || steps % perEpoch === 0) await save();
    }
    return { tensors: network.tensors(), steps };
  } finally {
    await pool.close();
    network.dispose();
    adam.dispose();
  }

  function batchAt(step: number): LungWish[] {
    const epoch = Math.floor(step / perEpoch);
    const order = epochOf(data.parts.train, seed, epoch);
    const first = (step % perEpoch) * batchSize;
    return order.slice(first, first + batchSize).map(({ index }, at) => ({
      index,
      other: order[(first + at + batchSize) % order.length]?.index ?? index,
      seed: seedOf(seed, epoch, index),
    }));
  }
}

/** All drawn masks and some of the predicted ones, in an order of the epoch's own. */
export function epochOf(examples: readonly LungExample[], seed: number, epoch: number): LungExample[] {
  const random = seededRandom(seedOf(seed, epoch));
  const drawn = examples.filter((example) => example.drawn);
  const predicted = shuffle(
    examples.filter((example) => !example.drawn),
    random,
  );
  return shuffle(
    [...drawn, ...predicted.slice(0, Math.round(lungsRecipe.predictedShare * drawn.length))],
    random,
  );
}

function trainStep(
  network: TrainableLungs,
  adam: AdamW,
  { shades, shares }: LungBatch,
  rate: number,
): number {
  const seen = new Map<LungsUnit, readonly [tf.Tensor1D, tf.Tensor1D]>();
  const count = shades.length / lungsSide ** 2;
  const loss = tf.tidy(() => {
    const variables = [...network.trained.values()];
    const pictures = tf.tensor3d(shades, [count, lungsSide, lungsSide]);
    const masks = tf.tensor3d(shares, [count, logitsSide, logitsSide]);
    const { value, grads } = tf.variableGrads(
      () => lungsLoss(network.logits(pictures, seen), masks),
      variables,
    );
    const gradients = new Map(
      variables.flatMap((variable) => {
        const gradient = grads[variable.name];
        return gradient ? [[variable, gradient] as const] : [];
      }),
    );
    adam.step(gradients, rate, lungsRecipe.weightDecay);
    return value.dataSync<'float32'>()[0] ?? Number.NaN;
  });
  network.followStatistics(seen);
  tf.dispose([...seen.values()].flat());
  return loss;
}
