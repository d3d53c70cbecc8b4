import { createHash } from 'node:crypto';
import type { Label } from './dataset/read-data-set.js';

/** What became of one file. */
export interface EvaluatedFile {
  /** `imageKey` of its bytes. */
  readonly image: string;
  readonly patient: string;
  readonly label: Label;
  /** Calibrated; null where the image was refused. */
  readonly probability: number | null;
  /** The reason's code; null where it was read. */
  readonly refused: string | null;
  readonly milliseconds: number;
}

/**
 * How a report names a file: the first 16 hexadecimal digits of the SHA-256 of its bytes. A file name may tell who the
 * patient is; whoever has the file finds its line by `sha256sum`.
 */
export function imageKey(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

export function predictionsCsv(rows: readonly EvaluatedFile[], threshold: number): string {
  const lines = rows.map(({ image, label, probability, refused, milliseconds }) => {
    const decision = probability === null ? '' : probability >= threshold ? 'PNEUMONIA' : 'NORMAL';
    return [image, label, probability ?? '', decision, refused ?? '', milliseconds.toFixed(1)].join(',');
  });
  return ['image,label,probability,decision,refused,milliseconds', ...lines, ''].join('\n');
}
