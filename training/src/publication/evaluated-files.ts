import { readFile } from 'node:fs/promises';
import { type Calibration, calibrate } from '@lucency/model/card';
import type { DataExample } from '../dataset/data.js';
import { type EvaluatedFile, imageKey } from '../evaluation/predictions.js';
import type { Answer } from '../selection/answers.js';

/** The answers to test images as a report lists them; both in the same order. */
export async function evaluatedFiles(
  examples: readonly DataExample[],
  answers: readonly Answer[],
  calibration: Calibration,
): Promise<EvaluatedFile[]> {
  const rows: EvaluatedFile[] = [];
  for (const [at, { path, patient, label }] of examples.entries()) {
    const logit = answers[at]?.logit ?? Number.NaN;
    rows.push({
      image: imageKey(await readFile(path)),
      patient,
      label: label === 1 ? 'PNEUMONIA' : 'NORMAL',
      probability: calibrate(logit, calibration),
      refused: null,
      milliseconds: 0,
    });
  }
  return rows;
}
