import { seededRandom, shuffle } from '../random.js';
import { groupBy } from './group-by.js';
import type { Label } from './read-data-set.js';

export interface Shares {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export type Split<T> = { readonly [part in keyof Shares]: readonly T[] };

/**
 * Divides by patient and class: all images of a patient land in one part, and each class is divided in these
 * shares of its images. The same seed and files give the same split.
 */
export function splitByPatient<T extends { readonly patient: string; readonly label: Label }>(
  files: readonly T[],
  shares: Shares,
  seed: number,
): Split<T> {
  const parts: { [part in keyof Shares]: T[] } = { train: [], validation: [], test: [] };
  const patients = groupBy(files, (file) => file.patient);
  // A patient with images of both classes counts with the first one's.
  const classes = groupBy(patients.values(), ([first]) => first?.label);
  const random = seededRandom(seed);
  for (const groups of classes.values()) {
    const total = groups.reduce((sum, group) => sum + group.length, 0);
    const test = shares.test * total;
    const validation = test + shares.validation * total;
    let placed = 0;
    for (const group of shuffle(groups, random)) {
      // The middle of the group decides, so that rounding favours no part.
      const middle = placed + group.length / 2;
      parts[middle < test ? 'test' : middle < validation ? 'validation' : 'train'].push(...group);
      placed += group.length;
    }
  }
  return parts;
}
