import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '@lucency/command-line';
import { readDataSet } from '@lucency/evaluation';
import {
  type LungsCard,
  locateLungs,
  lungsCardFile,
  openSegmenter,
  readLungsCard,
  readLungsWeights,
} from '@lucency/model/lungs';
import { type Collection, readChests, readNotChests } from '../dataset/collections.js';
import { splitByPatient } from '../dataset/split.js';
import { lungShares } from '../lungs/examples.js';
import { splitChests } from '../lungs/self-labelled.js';
import { lookAt } from './look.js';
import { type GateReport, measureRule } from './measure-rule.js';

export interface GateOptions {
  readonly data: string;
  readonly notChest: string;
  readonly also: readonly { readonly name: string; readonly directory: string }[];
  readonly lungs?: string | undefined;
  /** Where `gate.json` goes. */
  readonly out: string;
  /** Whether the rule goes into the segmenter's card. */
  readonly fit: boolean;
  /** Pictures of each collection, at most. */
  readonly most: number;
  readonly seed: number;
}

/** Looks at everything once, chooses and judges rules, writes `gate.json`, and the rule where it is wanted. */
export async function runGate(options: GateOptions, progress: Progress): Promise<GateReport> {
  const directory = options.lungs ?? (await locateLungs());
  const card = await readLungsCard(directory);
  const segmenter = await openSegmenter(await readLungsWeights(directory));
  const collections = [
    await heldOut(options.data, card),
    ...(await Promise.all(
      options.also.map(async ({ name, directory: of }) => {
        const chests = await readChests(of, name);
        return { ...chests, pictures: splitChests(chests, card.training.seed).heldOut };
      }),
    )),
    ...(await readNotChests(options.notChest)),
  ];
  const looks = await lookAt(
    collections.map((of) => thinned(of, options.most)),
    segmenter,
    progress,
  );
  await segmenter.close();
  const report = measureRule(looks, options.seed);
  await writeFile(join(options.out, 'gate.json'), `${JSON.stringify(report, null, 2)}\n`);
  if (options.fit)
    await writeFile(
      join(directory, lungsCardFile),
      `${JSON.stringify({ ...card, rule: report.rule }, null, 2)}\n`,
    );
  show(report, progress);
  return report;
}

/** So many of them, evenly over their order. */
function thinned(collection: Collection, most: number): Collection {
  const step = Math.max(1, collection.pictures.length / most);
  const pictures = collection.pictures.filter(
    (_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step),
  );
  return { ...collection, pictures };
}

/** Chests of patients that the segmenter was not trained on. */
async function heldOut(data: string, { training }: LungsCard): Promise<Collection> {
  const { pool } = await readDataSet(data);
  const { validation, test } = splitByPatient(pool, lungShares, training.seed);
  const pictures = [...validation, ...test].map(({ path, patient }) => ({ path, patient }));
  return { name: 'chests of its own source, held out', chests: true, pictures };
}

function show({ folds, chests, notChests }: GateReport, progress: Progress): void {
  const row = ({ name, n, refused, upperBound }: GateReport['chests'][number], what: string) =>
    progress.say(
      `  ${name.padEnd(40)} ${refused}/${n} refused, ${what} at most ${(100 * upperBound).toFixed(2)} %`,
    );
  progress.say(`each judged by a rule that ${folds - 1} of ${folds} parts of the patients chose`);
  for (const collection of chests) row(collection, 'wrongly');
  for (const collection of notChests) row(collection, 'misses');
}
