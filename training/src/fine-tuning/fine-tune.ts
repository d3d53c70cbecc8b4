import type { Progress } from '@lucency/command-line';
import type { FrozenTrunk } from '@lucency/model/onnx';
import type { Tensors } from '@lucency/model/weights';
import { seedOf } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import { greyToRgb } from '../augmentation/picture.js';
import type { Treatment } from '../augmentation/treatments.js';
import {
  type ClassWeights,
  classWeights,
  type Example,
  epochOrder,
  type Shown,
} from '../dataset/examples.js';
import { TrainableNetwork } from '../network/trainable-network.js';
import { AdamW } from '../optimisation/adam-w.js';
import { cosineShare, epochsWithoutGain, plateauShare, type Schedule } from '../optimisation/schedule.js';
import { appendRecord, type EpochRecord, epochFigures } from '../optimisation/training-log.js';
import { WeightAverage } from '../optimisation/weight-average.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import { asKind, ofKind, type Position, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { type EvidencePenalty, penaltyAt } from './evidence-penalty.js';
import { frozenTrunks } from './frozen-trunks.js';
import { areaOfWorstSource, judgeEpoch } from './judge-epoch.js';
import { balancedEpoch, type Sampling } from './sampling.js';
import { trainStep } from './train-step.js';

export interface FineTuning {
  /** The first block that is trained, by its Keras name. */
  readonly from: string;
  readonly treatment: Treatment;
  /** Pixels. */
  readonly side: number;
  /** Pixels of the first epochs, which cost less so. */
  readonly early?: { readonly side: number; readonly epochs: number };
  readonly batchSize: number;
  readonly epochs: number;
  /** Without it every image comes once an epoch, the classes weighed alike. */
  readonly sampling?: Sampling;
  /** What evidence outside the lungs costs; only where they are known. */
  readonly evidencePenalty?: EvidencePenalty;
  /** What a label that nobody who saw the picture gave weighs, and how far it is smoothed. */
  readonly textMined?: { readonly weight: number; readonly labelSmoothing: number };
  /** The highest learning rate. */
  readonly rate: number;
  readonly schedule: Schedule;
  /** Decoupled. */
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  /** Decay of the moving average of the weights that is judged and kept; without it the weights themselves are. */
  readonly averaging?: number;
  /** Epochs without a lower validation loss after which training ends. */
  readonly patience?: number;
  /**
   * Which epoch's weights are kept: of the lowest validation loss, or of the highest area under the ROC curve, which
   * how sure the answers are does not move; calibration sees to that later. Of several sources the worst counts.
   */
  readonly keep: 'lowest loss' | 'highest AUC' | 'highest AUC of the worst source';
}

export interface FineTuningJob {
  /** The whole network, its head trained. */
  readonly tensors: Tensors;
  readonly recipe: FineTuning;
  readonly training: readonly Example[];
  readonly validation: readonly Shown[];
  readonly pool: PicturePool;
  readonly threads: number;
  readonly seed: number;
  /** Checkpoints go here; what is there is gone on with. */
  readonly checkpoint: string;
  readonly log: string;
  /** Asked between steps; when it is true a checkpoint is written and `Interrupted` thrown. */
  readonly interrupted: () => boolean;
  /** Ends after so many steps in all, for tests. */
  readonly stopAfter?: number;
}

/** Training was told to end; it goes on from its checkpoint. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const stepsBetweenCheckpoints = 100;

/**
 * Trains the upper blocks and the head; keeps the weights of the epoch that did best on validation. Needs
 * TensorFlow.js' native backend started. Everything random comes from the seed and the step, so that a training
 * that was killed goes on as if it had not been.
 */
export async function fineTune(
  job: FineTuningJob,
  progress: Progress,
): Promise<{ tensors: Tensors; history: readonly EpochRecord[]; bestEpoch: number }> {
  const { recipe, seed, training } = job;
  const network = new TrainableNetwork(job.tensors, recipe.from);
  const named = network.named();
  const adam = new AdamW();
  const average = recipe.averaging === undefined ? undefined : new WeightAverage(named, recipe.averaging);
  const weights = recipe.sampling ? evenly : classWeights(training.map(({ label }) => label));
  const drawEpoch = (epoch: number) =>
    recipe.sampling
      ? balancedEpoch(training, recipe.sampling, seed, epoch)
      : epochOrder(training, seed, epoch);
  const imagesAnEpoch = drawEpoch(1).length;
  const trunks = frozenTrunks(job.tensors, recipe.from, job.threads);
  const stepsPerEpoch = Math.ceil(imagesAnEpoch / recipe.batchSize);
  let best = network.values();
  let position: Position = { epoch: 1, stepInEpoch: 0, steps: 0, history: [], running: [] };

  const kept = await readCheckpoint(job.checkpoint);
  if (kept) {
    position = kept.position;
    for (const [name, values] of ofKind(kept.values, 'weights')) {
      const variable = named.get(name);
      if (variable) tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    }
    adam.restore(named, { steps: position.steps, moments: ofKind(kept.values, 'moments') });
    average?.restore(ofKind(kept.values, 'average'));
    best = ofKind(kept.values, 'best');
    progress.say(`goes on at step ${position.stepInEpoch} of epoch ${position.epoch}`);
  }
  const save = async () =>
    writeCheckpoint(job.checkpoint, {
      position,
      values: new Map([
        ...asKind('weights', network.values()),
        ...asKind('moments', adam.state(named).moments),
        ...asKind('average', average?.values() ?? new Map()),
        ...asKind('best', best),
      ]),
    });
  const losses = () => position.history.map(({ validationLoss }) => validationLoss);
  const rateNow = () => {
    const { schedule, rate, epochs } = recipe;
    if (schedule.kind === 'plateau') return rate * plateauShare(losses(), schedule.patience);
    return rate * cosineShare(position.steps, epochs * stepsPerEpoch, schedule.warmupSteps);
  };

  while (position.epoch <= recipe.epochs) {
    const order = drawEpoch(position.epoch);
    const side = sideOf(recipe, position.epoch);
    const batchAt = (step: number) => order.slice(step * recipe.batchSize, (step + 1) * recipe.batchSize);
    const load = (step: number) => {
      const wishes = batchAt(step).map(({ index }, place) => {
        const at = step * recipe.batchSize + place;
        return {
          index,
          treatment: recipe.treatment,
          // An image may come several times in a balanced epoch.
          seed: seedOf(seed, position.epoch, index, ...(recipe.sampling ? [at] : [])),
          other: order[(at + 1) % order.length]?.index ?? index,
        };
      });
      return job.pool.treatWithLungs(wishes, side);
    };
    const frozen = await trunks.of(side);
    let next = load(position.stepInEpoch);
    while (position.stepInEpoch < stepsPerEpoch) {
      const step = position.stepInEpoch;
      const treated = await next;
      // Threads prepare the next batch while this one is computed.
      if (step + 1 < stepsPerEpoch) next = load(step + 1);
      const batch = batchAt(step);
      const maps = await frozen.run(greyToRgb(treated.shades), batch.length);
      const answers = trainStep(network, adam, batch, maps, {
        recipe,
        weights,
        covered: treated.covered,
        rate: rateNow(),
        penalty: recipe.evidencePenalty
          ? penaltyAt(recipe.evidencePenalty, position.steps, recipe.epochs * stepsPerEpoch)
          : 0,
        mask: seedOf(seed, position.steps, 1),
      });
      const steps = position.steps + 1;
      average?.follow(named, steps);
      position = { ...position, stepInEpoch: step + 1, steps, running: [...position.running, ...answers] };
      const shown = position.running.length;
      progress.show(`epoch ${position.epoch} of ${recipe.epochs}`, shown, imagesAnEpoch);
      if (steps === job.stopAfter) return finished();
      if (job.interrupted()) {
        await save();
        await trunks.close();
        throw new Interrupted('interrupted');
      }
      if (steps % stepsBetweenCheckpoints === 0) await save();
    }
    await endEpoch(frozen);
    if (recipe.patience !== undefined && epochsWithoutGain(losses()) >= recipe.patience) break;
  }
  return finished();

  async function endEpoch(frozen: FrozenTrunk): Promise<void> {
    const values = average?.values() ?? network.values();
    const judged = average ? new TrainableNetwork(network.tensors(values), recipe.from) : network;
    const { validation, pool } = job;
    const side = sideOf(recipe, position.epoch);
    const { loss, rows } = await judgeEpoch(judged, { frozen, validation, pool, weights, side }, progress);
    if (judged !== network) judged.dispose();
    const { running, epoch } = position;
    const record: EpochRecord = {
      stage: 'fine-tuning',
      epoch,
      rate: rateNow(),
      trainingLoss: running.reduce((sum, row) => sum + row.loss, 0) / running.length,
      validationLoss: loss,
      training: epochFigures(running),
      validation: epochFigures(rows),
      worstSource: areaOfWorstSource(rows),
    };
    if (bestEpochOf([...position.history, record], recipe) === epoch) best = values;
    position = {
      epoch: epoch + 1,
      stepInEpoch: 0,
      steps: position.steps,
      history: [...position.history, record],
      running: [],
    };
    await save();
    await appendRecord(job.log, record);
    progress.say(
      `epoch ${epoch}: loss ${record.trainingLoss.toFixed(4)}, validation ${loss.toFixed(4)}, AUC ${record.validation.auc.toFixed(4)}, of the worst source ${areaOfWorstSource(rows).toFixed(4)}`,
    );
  }

  async function finished() {
    await trunks.close();
    const values = position.history.length > 0 ? best : (average?.values() ?? network.values());
    const tensors = network.tensors(values);
    const bestEpoch = bestEpochOf(position.history, recipe);
    network.dispose();
    adam.dispose();
    average?.dispose();
    return { tensors, history: position.history, bestEpoch };
  }
}

/** Of equals the earlier, and none at an early size once there are others; 0 before the first epoch has ended. */
export function bestEpochOf(
  history: readonly EpochRecord[],
  { keep, early }: Pick<FineTuning, 'keep' | 'early'>,
): number {
  const worth = ({ validationLoss, validation, worstSource }: EpochRecord) => {
    if (keep === 'lowest loss') return -validationLoss;
    return keep === 'highest AUC' ? validation.auc : (worstSource ?? validation.auc);
  };
  const whole = history.filter(({ epoch }) => epoch > (early?.epochs ?? 0));
  const best = (whole.length > 0 ? whole : history).reduce<EpochRecord | undefined>(
    (first, next) => (first && worth(first) >= worth(next) ? first : next),
    undefined,
  );
  return best?.epoch ?? 0;
}

const evenly: ClassWeights = [1, 1];

function sideOf({ side, early }: FineTuning, epoch: number): number {
  return early && epoch <= early.epochs ? early.side : side;
}
