import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '@lucency/command-line';
import { correctionShapes, typeShapes } from '@lucency/model/architecture';
import { openFeatureExtractor } from '@lucency/model/onnx';
import {
  fingerprintOf,
  readPackagedTrunk,
  readSafetensors,
  type Tensors,
  weightsFileName,
  writeSafetensors,
} from '@lucency/model/weights';
import { treatmentsVersion } from '../augmentation/treatments.js';
import { atMostAtHome } from '../dataset/at-home.js';
import type { Data, DataExample } from '../dataset/data.js';
import { dealTreatments } from '../dataset/examples.js';
import { extractFeatures } from '../features/extract.js';
import { fineTune } from '../fine-tuning/fine-tune.js';
import { balancedEpoch } from '../fine-tuning/sampling.js';
import { trainHead } from '../head/train-head.js';
import { startTrainingBackend } from '../network/backend.js';
import { appendRecord, type EpochRecord, readRecords } from '../optimisation/training-log.js';
import { PicturePool } from '../pictures/picture-pool.js';
import type { Recipe } from '../recipes/recipe.js';

export interface FitOptions {
  readonly recipe: Recipe;
  readonly data: Data;
  readonly seed: number;
  readonly threads: number;
  /** Directory of a model whose weights fine-tuning begins with, instead of ImageNet's and a new head. */
  readonly start?: string | undefined;
  /** Go on where a run with the same recipe, data and seed was left. */
  readonly resume: boolean;
  readonly interrupted: () => boolean;
}

export interface Fitted {
  /** The ImageNet trunk with the trained head, or the model that fine-tuning began with. */
  readonly headOnly: Tensors;
  readonly tuned: Tensors;
  readonly history: readonly EpochRecord[];
  readonly trunkFingerprint: string;
  /** Where what was done is kept. */
  readonly folder: string;
}

/** Head, then fine-tuning, each kept in the cache as soon as it is done. */
export async function fit(options: FitOptions, progress: Progress): Promise<Fitted> {
  const { recipe, data, seed, threads } = options;
  const start = options.start ? await weightsOf(options.start) : undefined;
  const folder = runFolder(options, start?.fingerprint);
  if (!options.resume) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  progress.say(`keeps what is done in ${folder}`);
  const log = join(folder, 'log.jsonl');
  const trunk = await readPackagedTrunk();
  const pool = new PicturePool(data.store, Math.max(1, threads - 1));
  try {
    const headOnly =
      start?.tensors ??
      new Map([...trunk.tensors, ...(await once(join(folder, 'head.safetensors'), () => trainTheHead()))]);
    const tuned = await once(join(folder, 'tuned.safetensors'), async () => {
      await startTrainingBackend('fine-tuning', threads);
      const { tensors, bestEpoch } = await fineTune(
        {
          tensors: headOnly,
          recipe: recipe.fineTuning,
          training: data.parts.train,
          validation: dealTreatments(
            atMostAtHome(data.parts.validation, recipe.validationAtHome),
            recipe.validation,
          ),
          pool,
          threads,
          seed,
          checkpoint: join(folder, 'checkpoint'),
          log,
          interrupted: options.interrupted,
        },
        progress,
      );
      progress.say(`kept the weights of epoch ${bestEpoch}`);
      return tensors;
    });
    return { headOnly, tuned, history: await readRecords(log), trunkFingerprint: trunk.fingerprint, folder };
  } finally {
    await pool.close();
  }

  async function trainTheHead(): Promise<Tensors> {
    const extractor = await openFeatureExtractor(trunk.tensors, { threads });
    const source = { extractor, fingerprint: trunk.fingerprint, pool };
    const features = async (examples: readonly DataExample[], passes: Recipe['head']['passes']) => {
      const rows: Float32Array[] = [];
      for (const pass of passes) rows.push(await extractFeatures(examples, pass, source, progress));
      return { passes: rows, labels: examples.map(({ label }) => label) };
    };
    const { images } = recipe.head;
    const { sampling } = recipe.fineTuning;
    const learnt =
      images === undefined || !sampling
        ? data.parts.train
        : balancedEpoch(data.parts.train, { ...sampling, imagesAnEpoch: images }, seed, 0);
    const training = await features(learnt, recipe.head.passes);
    const validation = await features(atMostAtHome(data.parts.validation, recipe.validationAtHome), [
      { treatment: 'plain', number: 0 },
      ...(recipe.validation.length > 1 ? [{ treatment: recipe.fineTuning.treatment, number: 9 }] : []),
    ]);
    await extractor.close();
    await startTrainingBackend('head', threads);
    const { tensors, history } = await trainHead(training, validation, recipe.head, seed, progress);
    for (const record of history) await appendRecord(log, record);
    return tensors;
  }
}

/** A model's trunk and head as they were trained, without what int8 adds to them and without the second head. */
async function weightsOf(directory: string): Promise<{ tensors: Tensors; fingerprint: string }> {
  const bytes = await readFile(join(directory, weightsFileName));
  const added = new Map([...correctionShapes(), ...typeShapes()]);
  const tensors = [...readSafetensors(bytes)].filter(([name]) => !added.has(name));
  return { tensors: new Map(tensors), fingerprint: fingerprintOf(bytes) };
}

/** Where a run's results lie: another recipe, data set, seed or beginning is another folder. */
function runFolder(
  { recipe, data, seed }: Pick<FitOptions, 'recipe' | 'data' | 'seed'>,
  start?: string,
): string {
  const { head, fineTuning, validation } = recipe;
  const contents = [data.parts.train, data.parts.validation].map((part) =>
    part.map(({ content }) => content),
  );
  const parts = [treatmentsVersion, head, fineTuning, validation, seed, contents, ...(start ? [start] : [])];
  const key = JSON.stringify(parts);
  const name = `${recipe.name}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lucency', 'runs', name);
}

/** What an earlier run left in the file, or what the work gives, kept there. */
async function once(file: string, work: () => Promise<Tensors>): Promise<Tensors> {
  if (existsSync(file)) return readSafetensors(await readFile(file));
  const tensors = await work();
  await writeFile(`${file}.next`, writeSafetensors(tensors, 'single'));
  await rename(`${file}.next`, file);
  return tensors;
}
