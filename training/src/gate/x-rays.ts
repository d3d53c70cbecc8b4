import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Picture } from '../augmentation/picture.js';
import { withoutDuplicates } from '../dataset/duplicates.js';
import { type LabelledFile, readDataSet } from '../dataset/read-data-set.js';
import { splitByPatient } from '../dataset/split.js';
import { readPicture } from '../pictures/read-picture.js';
import { inBatches } from './in-batches.js';

export interface XRay extends LabelledFile {
  readonly picture: Picture;
}

/** As the source project's recipe parts them; the test patients are every recipe's. */
const shares = { test: 0.15, validation: 0.15, calibration: 0 };

/** At most so many of each part. */
export type Most = Readonly<Record<'train' | 'validation' | 'test', number>>;

/**
 * The data set's own pool in the parts that training splits it into with this seed, at most so many of each.
 * Duplicates are told by their files, which are the same wherever their pixels are.
 */
export async function readXRays(
  directory: string,
  seed: number,
  most: Most,
): Promise<Record<keyof Most, XRay[]>> {
  const { pool } = await readDataSet(directory);
  const hashed = await inBatches(pool, async (file) => {
    const content = createHash('sha256')
      .update(await readFile(file.path))
      .digest('hex');
    return { ...file, content };
  });
  const split = splitByPatient(withoutDuplicates(hashed).files, shares, seed);
  const read = (part: keyof Most) =>
    inBatches(spread(split[part], most[part]), async (file) => ({
      ...file,
      picture: await readPicture(file.path),
    }));
  return { train: await read('train'), validation: await read('validation'), test: await read('test') };
}

/** The normals of the series that was taken at another time. */
export function isSecondSeries({ file }: Pick<XRay, 'file'>): boolean {
  return /(^|\/)NORMAL2-/.test(file);
}

/** So many of them, evenly over their order, which goes class by class. */
function spread<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)).slice(0, most);
}
