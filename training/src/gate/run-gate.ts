import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GateConstants, learnt } from '@lucency/imaging/gate';
import { locateModel, readModelCard, type TypicalTexture } from '@lucency/model/card';
import { openModelRunner } from '@lucency/model/onnx';
import type { Progress } from '../progress.js';
import { amendCard } from '../publication/write-model.js';
import { systemPictures } from './families/package-pictures.js';
import { fitGate } from './fit-gate.js';
import { fitTypicality } from './fit-typicality.js';
import { type GateData, type GateDataOptions, readGateData } from './gate-data.js';
import { type GateReport, measureGate } from './measure-gate.js';
import type { View } from './views.js';
import { writeLearnt } from './write-learnt.js';

export interface GateOptions {
  /** The data set, with NORMAL/ and PNEUMONIA/ in it. */
  readonly data: string;
  /** Where `gate.json` goes. */
  readonly out: string;
  /**
   * Where to write newly fitted constants, with what is typical going into the model's card; without it those in
   * use are measured.
   */
  readonly fitTo?: string | undefined;
  /** Directory of the model whose conv3 is looked through; the one that the services load unless told. */
  readonly model?: string | undefined;
  readonly seed?: number | undefined;
  /** Folders searched for pictures of packages, beside those of the system. */
  readonly pictures?: readonly string[] | undefined;
  /** Takes only so few of everything, for a quick look. */
  readonly oneIn?: number | undefined;
  /** X-rays of each part and counter-examples of each family, at most. */
  readonly most?: GateDataOptions['most'];
}

const everything = { train: 2_000, validation: 800, test: 800, family: 420, drawnChests: 150 };
const threads = 2;

/** Fits the gate anew or takes the one in use, measures it, prints the tables and writes `gate.json`. */
export async function runGate(options: GateOptions, progress: Progress): Promise<GateReport> {
  const { data, out, fitTo, seed = 1, oneIn = 1, most = everything } = options;
  const folders = [...systemPictures, ...(options.pictures ?? [])];
  const model = options.model ?? (await locateModel());
  const card = await readModelCard(model);
  const runner = await openModelRunner(model, 'int8', threads);
  const all = await readGateData({ data, seed, most: thinned(most, oneIn), folders }, { runner, progress });
  await runner.close();
  if (!all.families.some(({ name }) => name === 'package pictures'))
    progress.say('no pictures of packages were found here: that family is left out');
  const typical = fitTo ? typicalOf(all) : card.typicality;
  if (!typical) throw new Error(`${card.id} knows nothing of textures: fit them with --fit`);
  const constants: GateConstants = fitTo ? fitGate(all, typical, provenance(all)) : learnt;
  const report = measureGate(all, constants, typical);
  if (fitTo) {
    await writeLearnt(fitTo, constants);
    await amendCard(model, card, { typicality: typical });
  }
  await writeFile(join(out, 'gate.json'), `${JSON.stringify(report, null, 2)}\n`);
  show(report, progress);
  return report;
}

function thinned(most: GateDataOptions['most'], oneIn: number): GateDataOptions['most'] {
  const { train, validation, test, family, drawnChests } = most;
  const few = (count: number) => Math.ceil(count / oneIn);
  return {
    train: few(train),
    validation: few(validation),
    test: few(test),
    family: few(family),
    drawnChests: few(drawnChests),
  };
}

function typicalOf({ train, validation }: GateData): TypicalTexture {
  const textures = ({ pictures }: View) => pictures.flatMap((picture) => (picture ? [picture.texture] : []));
  const [plain] = validation;
  return fitTypicality(textures(train), {
    plain: plain ? textures(plain) : [],
    treated: validation.flatMap(textures),
  });
}

function provenance({ train, drawnChests, families }: GateData): string {
  const counts = families.map(({ name, pictures }) => `${pictures.length} ${name}`).join(', ');
  const chests = `${train.pictures.length} training X-rays of Kermany et al. 2018 (doi:10.17632/rscbjbr9sj.2)`;
  return `${chests}, ${drawnChests.pictures.length} drawn chests; ${counts}`;
}

function show(report: GateReport, progress: Progress): void {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  progress.say('counter-examples, each family left out of the fit that it is judged by');
  for (const { name, n, refused, upperBound } of [...report.leftOut, ...report.leftOutKinds])
    progress.say(`  ${name.padEnd(32)} ${refused}/${n} refused, misses at most ${percent(upperBound)}`);
  progress.say('test X-rays');
  for (const { name, n, refused, upperBound } of report.xRays)
    progress.say(`  ${name.padEnd(44)} ${refused}/${n} refused, at most ${percent(upperBound)}`);
  progress.say('how test X-rays lie');
  for (const { name, n, recognised } of report.poses) progress.say(`  ${name.padEnd(48)} ${recognised}/${n}`);
}
