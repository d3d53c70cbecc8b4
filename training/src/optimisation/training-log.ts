import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { confusionAt, Ranking, rates, type Scored } from '@lucency/evaluation';

export interface EpochFigures {
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly auc: number;
}

/** One line of the log. */
export interface EpochRecord {
  readonly stage: 'head' | 'fine-tuning';
  readonly epoch: number;
  readonly rate: number;
  readonly trainingLoss: number;
  readonly validationLoss: number;
  readonly training: EpochFigures;
  readonly validation: EpochFigures;
  /** Area under the ROC curve of the source on which it is lowest. */
  readonly worstSource?: number;
}

/** At a probability of a half, before any calibration. */
export function epochFigures(rows: readonly Scored[]): EpochFigures {
  const { accuracy, precision, sensitivity, f1 } = rates(confusionAt(rows, 0.5));
  return { accuracy, precision, recall: sensitivity, f1, auc: new Ranking(rows).area() };
}

/** Records as JSON lines. */
export async function appendRecord(file: string, record: EpochRecord): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(record)}\n`);
}

export async function readRecords(file: string): Promise<EpochRecord[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): EpochRecord => JSON.parse(line));
}
