import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '@lucency/command-line';
import {
  type LungsCard,
  lungsArchitecture,
  lungsCard,
  lungsCardFile,
  readLungsCard,
  readLungsWeights,
} from '@lucency/model/lungs';
import { fingerprintOf, weightsFileName, writeSafetensors } from '@lucency/model/weights';
import { startTrainingBackend } from '../network/backend.js';
import { meanDice } from './dice.js';
import { type LungData, type LungExample, readLungExamples } from './examples.js';
import { fitLungs } from './fit-lungs.js';
import { lungsRecipe, lungsRecipeVersion } from './recipe.js';
import { firstRule } from './rule.js';
import { labelBySelf } from './self-labelled.js';

export interface LungsOptions {
  readonly data: string;
  readonly masks: string;
  readonly out: string;
  readonly id: string;
  readonly seed: number;
  readonly epochs: number;
  readonly threads: number;
  readonly resume: boolean;
  /** A second round: an artefact of the first, and a source without masks. */
  readonly second?: { readonly from: string; readonly also: string } | undefined;
  readonly interrupted: () => boolean;
}

/** The whole recipe: pictures and masks, training, Dice on held-out patients, artefact. */
export async function trainLungs(options: LungsOptions, progress: Progress): Promise<LungsCard> {
  const { seed, epochs, out, second } = options;
  const also = second ? await labelBySelf(second.also, second.from, seed, progress) : [];
  const data = await readLungExamples(options.data, options.masks, seed, progress, also);
  const from = second ? await readLungsWeights(second.from) : undefined;
  const rate = second ? lungsRecipe.second.rate : lungsRecipe.rate;
  const folder = runFolder(data, seed, epochs);
  if (!options.resume) await rm(folder, { recursive: true, force: true });
  progress.say(`keeps what is done in ${folder}`);
  await startTrainingBackend('fine-tuning', options.threads);
  const { tensors, steps } = await fitLungs(
    {
      data,
      seed,
      epochs,
      rate,
      from,
      checkpoint: join(folder, 'checkpoint'),
      interrupted: options.interrupted,
    },
    progress,
  );
  const judge = async (examples: readonly LungExample[]) =>
    Number((await meanDice(tensors, examples, data.store)).toFixed(4));
  const weights = writeSafetensors(tensors);
  const card = lungsCard.parse({
    version: 1,
    id: options.id,
    architecture: lungsArchitecture,
    createdAt: new Date().toISOString(),
    trainedOn: {
      name: 'Chest X-Ray Images (Pneumonia), with lung masks of the COVID-19 X-ray data set of V7 Labs',
      source: 'Kermany, Zhang, Goldbaum 2018, doi:10.17632/rscbjbr9sj.2; V7 Labs 2020',
      licence: 'CC BY 4.0',
      population: [
        'Children aged one to five, Guangzhou Women and Children’s Medical Center',
        ...(second ? [`${also.length} X-rays of another source with masks predicted in a first round`] : []),
      ].join('; '),
      drawn: countsOf(data, true),
      predicted: countsOf(data, false),
    },
    training: { seed, steps, batchSize: lungsRecipe.batchSize, rate },
    dice: { validation: await judge(data.parts.validation), test: await judge(data.parts.test) },
    rule: second ? (await readLungsCard(second.from)).rule : firstRule,
    fingerprints: { weights: fingerprintOf(weights) },
    limits: [
      'Masks were drawn on X-rays of children of one hospital; on adults it was judged by what the gate refuses, not by masks.',
      'A mask shows aerated lung: consolidated lung, effusions and what lies behind the heart may be left out.',
    ],
  } satisfies LungsCard);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, weightsFileName), weights);
  await writeFile(join(out, lungsCardFile), `${JSON.stringify(card, null, 2)}\n`);
  return card;
}

function countsOf({ parts }: LungData, drawn: boolean) {
  const count = (examples: readonly LungExample[]) =>
    examples.filter((example) => example.drawn === drawn).length;
  return { train: count(parts.train), validation: count(parts.validation), test: count(parts.test) };
}

/** Another recipe, data set or seed is another folder. */
function runFolder({ parts, store }: LungData, seed: number, epochs: number): string {
  const contents = createHash('sha256').update(new Uint8Array(store.memory)).digest('hex');
  const key = JSON.stringify([lungsRecipeVersion, lungsRecipe, epochs, seed, contents, parts.train.length]);
  const name = `lungs-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lucency', 'runs', name);
}
