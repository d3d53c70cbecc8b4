import { createHash } from 'node:crypto';
import type { Progress } from '@lucency/command-line';
import {
  atHome,
  type Box,
  groupBy,
  homeSource,
  readDataSet,
  readManifest,
  withoutDuplicates,
} from '@lucency/evaluation';
import { PictureStore } from '../pictures/picture-store.js';
import { type Decoded, decodeAll } from './decode-all.js';
import type { Example } from './examples.js';
import { readLungs } from './lung-masks.js';
import { type PartName, partNames, type Shares, type Split, splitByPatient } from './split.js';

/** An example with where it came from; names stay inside the training run. */
export interface DataExample extends Example {
  readonly path: string;
  readonly file: string;
  readonly content: string;
  /** Opacities, where radiologists marked them. */
  readonly boxes: readonly Box[];
  /** What else its source says of it, such as the view. */
  readonly groups: Readonly<Record<string, string>>;
}

export interface Data {
  readonly parts: Split<DataExample>;
  /** What was left out of every part: what the test part would have held apart from the rest. */
  readonly leftOut: { readonly tested: readonly DataExample[]; readonly others: readonly DataExample[] };
  readonly store: PictureStore;
  readonly counts: {
    readonly files: number;
    readonly unreadable: number;
    readonly duplicates: number;
    /** Pictures that were there under both labels. */
    readonly contradicted: number;
    readonly images: Readonly<Record<PartName, number>>;
    readonly patients: Readonly<Record<PartName, number>>;
  };
}

/**
 * What nothing may be learnt from or validated on: normals whose file names begin so, as a series of the same hospital,
 * or everything that is not of the home source.
 */
export type LeftOut = { readonly series: string } | 'other sources';

export interface DataOptions {
  readonly directory: string;
  readonly shares: Shares;
  readonly seed: number;
  readonly leaveOut?: LeftOut | undefined;
  /** Directories of other sources, each with a manifest; divided apart, in these shares. */
  readonly others?: { readonly directories: readonly string[]; readonly shares: Shares } | undefined;
  /** Where lungs are drawn, the others being found; without it pictures are looked at whole. */
  readonly lungMasks?: readonly string[] | undefined;
}

/** Reads, deduplicates and divides the data sets, and keeps their pictures in memory. */
export async function loadData(options: DataOptions, progress: Progress): Promise<Data> {
  const { pool, test } = await readDataSet(options.directory);
  const others = (await Promise.all((options.others?.directories ?? []).map(readManifest))).flat();
  const all = [...atHome([...pool, ...test]), ...others];
  const store = new PictureStore(all.length, { withLungs: options.lungMasks !== undefined });
  const decoded = await decodeAll(all, store, progress);
  if (options.lungMasks) await readLungs(decoded, options.lungMasks, store, progress);
  const { files, duplicates, contradicted } = withoutDuplicates(decoded);
  progress.say(
    `${files.length} different images, ${duplicates} duplicates, ${contradicted} under both labels left out`,
  );
  const examples = (of: readonly Decoded[]) =>
    of.map(
      ({ label, ...file }): DataExample => ({
        ...file,
        label: label === 'PNEUMONIA' ? 1 : 0,
        content: contentWithLungs(file, store),
      }),
    );
  const split = divide(files, new Set(test.map(({ path }) => path)), options);
  const { leaveOut } = options;
  const isLeftOut = ({ file, label, source }: Decoded) => {
    if (leaveOut === undefined) return false;
    if (leaveOut === 'other sources') return source !== homeSource;
    return label === 'NORMAL' && baseName(file).startsWith(leaveOut.series);
  };
  const judges = (name: PartName, file: Decoded) => name === 'train' || !isUnreliable(file);
  const parts = mapParts((name) =>
    examples(split[name].filter((file) => !isLeftOut(file) && judges(name, file))),
  );
  const leftOutOf = (name: PartName) =>
    examples(split[name].filter((file) => isLeftOut(file) && !isUnreliable(file)));
  const leftOut = {
    tested: leftOutOf('test'),
    others: partNames.filter((name) => name !== 'test').flatMap(leftOutOf),
  };
  return {
    parts,
    leftOut,
    store,
    counts: {
      files: all.length,
      unreadable: all.length - decoded.length,
      duplicates,
      contradicted,
      images: mapParts((name) => parts[name].length),
      patients: mapParts((name) => new Set(parts[name].map(({ patient }) => patient)).size),
    },
  };
}

/** Each source apart, so that another one leaves the parts of the first as they are. */
function divide(
  files: readonly Decoded[],
  ownTest: ReadonlySet<string>,
  options: DataOptions,
): Split<Decoded> {
  const home = divideHome(
    files.filter(({ source }) => source === homeSource),
    ownTest,
    options,
  );
  const away = groupBy(
    files.filter(({ source }) => source !== homeSource),
    ({ source }) => source,
  );
  const splits = [...away.values()].map((of) =>
    splitByPatient(of, options.others?.shares ?? options.shares, options.seed),
  );
  return mapParts((name) => [home, ...splits].flatMap((split) => split[name]));
}

function divideHome(
  files: readonly Decoded[],
  ownTest: ReadonlySet<string>,
  { shares, seed }: DataOptions,
): Split<Decoded> {
  if (ownTest.size === 0) return splitByPatient(files, shares, seed);
  const test = files.filter(({ path }) => ownTest.has(path));
  // Nobody whose image is tested may be learnt from.
  const tested = new Set(test.map(({ patient }) => patient));
  const rest = files.filter(({ path, patient }) => !ownTest.has(path) && !tested.has(patient));
  return { ...splitByPatient(rest, { ...shares, test: 0 }, seed), test };
}

/**
 * Radiologists called fewer than half of the pneumonias that a program found in reports an opacity: these are learnt from
 * with less weight, and judge nothing. What a program found to be normal was reported as such.
 */
function isUnreliable({ label, textMined }: Decoded): boolean {
  return textMined && label === 'PNEUMONIA';
}

/** What is learnt from a picture depends on where its lungs are drawn, too. */
function contentWithLungs(
  { content, index }: Pick<Decoded, 'content' | 'index'>,
  store: PictureStore,
): string {
  const lungs = store.lungs(index);
  return lungs ? createHash('sha256').update(content).update(lungs.bits).digest('hex') : content;
}

function mapParts<T>(of: (name: PartName) => T): Record<PartName, T> {
  return {
    test: of('test'),
    validation: of('validation'),
    calibration: of('calibration'),
    train: of('train'),
  };
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

export type { Decoded };
