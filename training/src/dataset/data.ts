import type { Example } from '../fine-tuning/examples.js';
import { PictureStore } from '../pictures/picture-store.js';
import type { Progress } from '../progress.js';
import { type Decoded, decodeAll } from './decode-all.js';
import { type Hashed, withoutDuplicates } from './duplicates.js';
import { readDataSet } from './read-data-set.js';
import { type PartName, partNames, type Shares, type Split, splitByPatient } from './split.js';

/** An example with where it came from; names stay inside the training run. */
export interface DataExample extends Example {
  readonly path: string;
  readonly file: string;
  readonly content: string;
}

export interface Data {
  readonly parts: Split<DataExample>;
  /** Normals of the series that was left out of every part; none of them was in the test part. */
  readonly leftOut: readonly DataExample[];
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

export interface DataOptions {
  readonly directory: string;
  readonly shares: Shares;
  readonly seed: number;
  /** Normals whose file names begin so are neither learnt from nor validated on. */
  readonly leaveOut?: string | undefined;
}

/** Reads, deduplicates and divides a data set, and keeps its pictures in memory. */
export async function loadData(options: DataOptions, progress: Progress): Promise<Data> {
  const { pool, test } = await readDataSet(options.directory);
  const all = [...pool, ...test];
  const store = new PictureStore(all.length);
  const decoded = await decodeAll(all, store, progress);
  const { files, duplicates, contradicted } = withoutDuplicates(decoded);
  progress.say(
    `${files.length} different images, ${duplicates} duplicates, ${contradicted} under both labels left out`,
  );
  const indices = new Map(decoded.map(({ path, index }) => [path, index]));
  const examples = (of: readonly Hashed[]) =>
    of.map(
      ({ label, patient, path, file, content }): DataExample => ({
        index: indices.get(path) ?? 0,
        label: label === 'PNEUMONIA' ? 1 : 0,
        patient,
        path,
        file,
        content,
      }),
    );
  const split = divide(files, new Set(test.map(({ path }) => path)), options);
  const isLeftOut = ({ file, label }: Hashed) =>
    options.leaveOut !== undefined && label === 'NORMAL' && baseName(file).startsWith(options.leaveOut);
  const parts = mapParts((name) => examples(split[name].filter((file) => !isLeftOut(file))));
  const leftOut = partNames
    .filter((name) => name !== 'test')
    .flatMap((name) => examples(split[name].filter(isLeftOut)));
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

function divide(
  files: readonly Hashed[],
  ownTest: ReadonlySet<string>,
  { shares, seed }: DataOptions,
): Split<Hashed> {
  if (ownTest.size === 0) return splitByPatient(files, shares, seed);
  const test = files.filter(({ path }) => ownTest.has(path));
  // Nobody whose image is tested may be learnt from.
  const tested = new Set(test.map(({ patient }) => patient));
  const rest = files.filter(({ path, patient }) => !ownTest.has(path) && !tested.has(patient));
  return { ...splitByPatient(rest, { ...shares, test: 0 }, seed), test };
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
