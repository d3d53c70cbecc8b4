import { groupBy, type Label } from '@lucency/evaluation';
import { seededRandom, shuffle } from '@lucency/statistics';

export const partNames = ['test', 'validation', 'calibration', 'train'] as const;
export type PartName = (typeof partNames)[number];

/** Of the images; what the others leave is for training. */
export type Shares = Readonly<Record<Exclude<PartName, 'train'>, number>>;

export type Split<T> = Readonly<Record<PartName, readonly T[]>>;

/**
 * Divides by patient and class: all images of a patient land in one part, and each class is divided in these
 * shares of its images. The same seed and files give the same split, and another share for calibration leaves
 * test and validation as they are.
 */
export function splitByPatient<T extends { readonly patient: string; readonly label: Label }>(
  files: readonly T[],
  shares: Shares,
  seed: number,
): Split<T> {
  const parts: Record<PartName, T[]> = { test: [], validation: [], calibration: [], train: [] };
  const patients = groupBy(files, (file) => file.patient);
  // A patient with images of both classes counts with the first one's.
  const classes = groupBy(patients.values(), ([first]) => first?.label);
  const random = seededRandom(seed);
  for (const groups of classes.values()) {
    const total = groups.reduce((sum, group) => sum + group.length, 0);
    let placed = 0;
    for (const group of shuffle(groups, random)) {
      // The middle of the group decides, so that rounding favours no part.
      parts[partAt((placed + group.length / 2) / total, shares)].push(...group);
      placed += group.length;
    }
  }
  return parts;
}

function partAt(share: number, { test, validation, calibration }: Shares): PartName {
  if (share < test) return 'test';
  if (share < test + validation) return 'validation';
  return share < test + validation + calibration ? 'calibration' : 'train';
}
