import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Raster, readRaster } from '@lucency/imaging/drawing';
import { withoutDuplicates } from '../dataset/duplicates.js';
import { type LabelledFile, readDataSet } from '../dataset/read-data-set.js';
import { type Shares, splitByPatient } from '../dataset/split.js';
import { inBatches } from './in-batches.js';

export interface XRay extends LabelledFile {
  /** Grey, as it is stored. */
  readonly raster: Raster;
}

const shares = { train: 0.7, validation: 0.15, test: 0.15 };

/**
 * The data set's own pool in the parts that training splits it into with this seed, at most so many of each.
 * Duplicates are told by their files, which are the same wherever their pixels are.
 */
export async function readXRays(
  directory: string,
  seed: number,
  most: Shares,
): Promise<{ [part in keyof Shares]: XRay[] }> {
  const { pool } = await readDataSet(directory);
  const hashed = await inBatches(pool, async (file) => {
    const content = createHash('sha256')
      .update(await readFile(file.path))
      .digest('hex');
    return { ...file, content };
  });
  const split = splitByPatient(withoutDuplicates(hashed).files, shares, seed);
  const read = (part: keyof Shares) =>
    inBatches(spread(split[part], most[part]), async (file) => ({
      ...file,
      raster: await readRaster(await readFile(file.path)),
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
