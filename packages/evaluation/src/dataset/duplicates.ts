import { groupBy } from './group-by.js';
import type { LabelledFile } from './read-data-set.js';

export interface Hashed extends LabelledFile {
  /** Digest of the decoded pixels, so that the same picture saved twice is found. */
  readonly content: string;
}

export interface Deduplicated<T extends Hashed> {
  readonly files: readonly T[];
  readonly duplicates: number;
  /** Pictures that were there under both labels: nobody knows which is right, so none is kept. */
  readonly contradicted: number;
}

/**
 * Keeps the first of every picture. Where one picture occurs under two patients they are one person: all their
 * images get the first one's name, so that a split cannot part them.
 */
export function withoutDuplicates<T extends Hashed>(files: readonly T[]): Deduplicated<T> {
  const groups = groupBy(files, (file) => file.content);
  const same = new Map<string, string>();
  const nameOf = (patient: string): string => {
    const other = same.get(patient);
    return other === undefined ? patient : nameOf(other);
  };
  const kept: T[] = [];
  let contradicted = 0;
  for (const group of groups.values()) {
    const [first, ...rest] = group;
    if (!first) continue;
    for (const { patient } of rest) {
      const [a, b] = [nameOf(first.patient), nameOf(patient)];
      if (a !== b) same.set(b, a);
    }
    if (rest.some(({ label }) => label !== first.label)) contradicted += 1;
    else kept.push(first);
  }
  return {
    files: kept.map((file) => ({ ...file, patient: nameOf(file.patient) })),
    duplicates: files.length - groups.size,
    contradicted,
  };
}
