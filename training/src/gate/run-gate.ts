import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GateConstants, learnt } from '@lucency/imaging/gate';
import type { Progress } from '../progress.js';
import { systemPictures } from './families/package-pictures.js';
import { fitGate } from './fit-gate.js';
import { readGateData } from './gate-data.js';
import { type GateReport, measureGate } from './measure-gate.js';
import { writeLearnt } from './write-learnt.js';
import type { Most } from './x-rays.js';

export interface GateOptions {
  /** The data set, with NORMAL/ and PNEUMONIA/ in it. */
  readonly data: string;
  /** Where `gate.json` goes. */
  readonly out: string;
  /** Where to write newly fitted constants; without it those in use are measured. */
  readonly fitTo?: string | undefined;
  readonly seed?: number | undefined;
  /** Folders searched for pictures of packages, beside those of the system. */
  readonly pictures?: readonly string[] | undefined;
  /** X-rays of each part and counter-examples of each family, at most: fewer for a quick look. */
  readonly most?: Most & { readonly family: number };
}

const everything = { train: 2_000, validation: 800, test: 800, family: 420 };

/** Fits the gate anew or takes the one in use, measures it, prints the tables and writes `gate.json`. */
export async function runGate(options: GateOptions, progress: Progress): Promise<GateReport> {
  const { data, out, fitTo, seed = 1, most = everything } = options;
  const folders = [...systemPictures, ...(options.pictures ?? [])];
  const all = await readGateData({ data, seed, most, folders }, progress);
  if (!all.families.some(({ name }) => name === 'package pictures'))
    progress.say('no pictures of packages were found here: that family is left out');
  const constants: GateConstants = fitTo ? fitGate(all, provenance(all)) : learnt;
  const report = measureGate(all, constants);
  if (fitTo) await writeLearnt(fitTo, constants);
  await writeFile(join(out, 'gate.json'), `${JSON.stringify(report, null, 2)}\n`);
  show(report, progress);
  return report;
}

function provenance({ train, families }: Awaited<ReturnType<typeof readGateData>>): string {
  const counts = families.map(({ name, pictures }) => `${pictures.length} ${name}`).join(', ');
  return `${train.pictures.length} training X-rays of Kermany et al. 2018 (doi:10.17632/rscbjbr9sj.2); ${counts}`;
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
