import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPhantom, prepareImage } from '@lucency/imaging';
import { isNativeBuilt, startNativeBackend } from '@lucency/model/native';
import { readPackagedTrunk, type Tensors } from '@lucency/model/weights';
import { seededRandom } from '@lucency/statistics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Example } from '../dataset/examples.js';
import { dealTreatments } from '../dataset/examples.js';
import { Head } from '../network/head.js';
import { type EpochRecord, readRecords } from '../optimisation/training-log.js';
import { PicturePool } from '../pictures/picture-pool.js';
import { PictureStore } from '../pictures/picture-store.js';
import { bestEpochOf, type FineTuning, fineTune, Interrupted } from './fine-tune.js';

const pictures = 12;
const quiet = { show: () => {}, say: () => {} };
/** Largest difference of a weight: threads may sum in another order. */
const tolerance = 1e-5;

const recipe: FineTuning = {
  from: 'res5c',
  keep: 'highest AUC',
  treatment: 'robust',
  side: 64,
  batchSize: 4,
  epochs: 7,
  rate: 1e-4,
  schedule: { kind: 'cosine', warmupSteps: 3 },
  weightDecay: 0.05,
  labelSmoothing: 0.05,
  averaging: 0.9,
};

describe.skipIf(!isNativeBuilt('cpu'))('fine-tuning (needs npm run native)', () => {
  let folder = '';
  let tensors: Tensors;
  let pool: PicturePool;
  const training: Example[] = Array.from({ length: pictures }, (_, index) => ({
    index,
    label: index % 2 === 1 ? 1 : 0,
    patient: `${index}`,
    source: 'Kermany',
    otherAbnormal: false,
    textMined: false,
  }));

  beforeAll(async () => {
    await startNativeBackend('cpu', 1);
    folder = await mkdtemp(join(tmpdir(), 'lucency-fine-tune-'));
    const store = new PictureStore(pictures);
    for (const { index, label } of training) {
      const prepared = await prepareImage(await drawPhantom({ seed: index, pneumonia: label === 1 }));
      if (!prepared.ok) throw new Error(prepared.reason);
      const shades = prepared.value.input.filter((_, at) => at % 3 === 0);
      store.put(index, { side: 224, shades });
    }
    pool = new PicturePool(store, 1);
    const { tensors: trunk } = await readPackagedTrunk();
    tensors = new Map([...trunk, ...Head.untrained(seededRandom(4)).tensors()]);
  }, 60_000);

  afterAll(async () => {
    await pool?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function job(name: string, interrupted: () => boolean = () => false, stopAfter?: number) {
    return {
      tensors,
      recipe,
      training,
      validation: dealTreatments(training, ['plain', 'dark']),
      pool,
      threads: 1,
      seed: 5,
      checkpoint: join(folder, name, 'checkpoint'),
      log: join(folder, name, 'log.jsonl'),
      interrupted,
      ...(stopAfter === undefined ? {} : { stopAfter }),
    };
  }

  it('comes to the same 20 steps after an interruption in the middle of an epoch as without one', async () => {
    const whole = await fineTune(job('whole', undefined, 20), quiet);
    let steps = 0;
    const interruptedAfterTen = () => {
      steps += 1;
      return steps === 10;
    };
    await expect(fineTune(job('halves', interruptedAfterTen), quiet)).rejects.toThrow(Interrupted);
    const resumed = await fineTune(job('halves', undefined, 20), quiet);
    let largest = 0;
    let moved = 0;
    for (const [name, { values }] of whole.tensors) {
      const other = resumed.tensors.get(name)?.values ?? new Float32Array();
      const before = tensors.get(name)?.values ?? new Float32Array();
      values.forEach((value, at) => {
        largest = Math.max(largest, Math.abs(value - (other[at] ?? Number.NaN)));
        moved = Math.max(moved, Math.abs(value - (before[at] ?? Number.NaN)));
      });
    }
    expect(largest).toBeLessThan(tolerance);
    // So that the comparison means something.
    expect(moved).toBeGreaterThan(20 * tolerance);
    const epochs = (await readRecords(join(folder, 'halves', 'log.jsonl'))).map(({ epoch }) => epoch);
    expect(epochs).toEqual([1, 2, 3, 4, 5, 6]);
  }, 120_000);
});

it('keeps the epoch of the lowest loss or of the highest area, whichever the recipe asks for', () => {
  const figures = { accuracy: 0, precision: 0, recall: 0, f1: 0, auc: 0 };
  const epoch = (number: number, validationLoss: number, auc: number): EpochRecord => ({
    stage: 'fine-tuning',
    epoch: number,
    rate: 1,
    trainingLoss: 1,
    validationLoss,
    training: figures,
    validation: { ...figures, auc },
  });
  const history = [epoch(1, 0.3, 0.9), epoch(2, 0.1, 0.95), epoch(3, 0.2, 0.99), epoch(4, 0.2, 0.99)];
  expect(bestEpochOf(history, { keep: 'lowest loss' })).toBe(2);
  expect(bestEpochOf(history, { keep: 'highest AUC' })).toBe(3);
  expect(bestEpochOf([], { keep: 'highest AUC' })).toBe(0);
});
