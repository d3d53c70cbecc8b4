import { readFile } from 'node:fs/promises';
import { type EvaluatedFile, imageKey } from '@lucency/evaluation';
import { assessQuality, prepareImage } from '@lucency/imaging';
import { calibrate, type ModelCard } from '@lucency/model/card';
import { createLungFinder, type LungFinder } from '@lucency/reading/lungs';
import type { DataExample } from '../dataset/data.js';
import type { Answer } from '../selection/answers.js';

/** The answers to test images as a report lists them, both in the same order, with what the gate would have refused. */
export async function evaluatedFiles(
  examples: readonly DataExample[],
  answers: readonly Answer[],
  card: Pick<ModelCard, 'calibration'>,
): Promise<EvaluatedFile[]> {
  const lungs = await createLungFinder();
  const rows: EvaluatedFile[] = [];
  for (const [at, { path, patient, label }] of examples.entries()) {
    const bytes = await readFile(path);
    const { logit = Number.NaN, milliseconds = 0 } = answers[at] ?? {};
    const refused = await refusal(bytes, lungs);
    rows.push({
      image: imageKey(bytes),
      patient,
      label: label === 1 ? 'PNEUMONIA' : 'NORMAL',
      probability: refused === null ? calibrate(logit, card.calibration) : null,
      refused,
      milliseconds,
    });
  }
  await lungs.close();
  return rows;
}

/** The reason's code, or null where the gate lets the image through. */
async function refusal(bytes: Uint8Array, lungs: LungFinder): Promise<string | null> {
  const prepared = await prepareImage(bytes);
  if (!prepared.ok) return prepared.reason;
  const { measures, input, orientation } = prepared.value;
  const quality = assessQuality(measures);
  if (!quality.acceptable) return quality.reason;
  return (await lungs.find({ input, orientation, crop: 'none' })).refusal;
}
