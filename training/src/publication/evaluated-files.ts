import { readFile } from 'node:fs/promises';
import { assessQuality, assessTexture, prepareImage } from '@lucency/imaging';
import { calibrate, type ModelCard, typicality } from '@lucency/model/card';
import type { DataExample } from '../dataset/data.js';
import { type EvaluatedFile, imageKey } from '../evaluation/predictions.js';
import type { Answer } from '../selection/answers.js';

/** The answers to test images as a report lists them, both in the same order, with what the gate would have refused. */
export async function evaluatedFiles(
  examples: readonly DataExample[],
  answers: readonly Answer[],
  card: Pick<ModelCard, 'calibration' | 'typicality'>,
): Promise<EvaluatedFile[]> {
  const rows: EvaluatedFile[] = [];
  for (const [at, { path, patient, label }] of examples.entries()) {
    const bytes = await readFile(path);
    const { logit = Number.NaN, texture, milliseconds = 0 } = answers[at] ?? {};
    const refused = await refusal(bytes, texture, card);
    rows.push({
      image: imageKey(bytes),
      patient,
      label: label === 1 ? 'PNEUMONIA' : 'NORMAL',
      probability: refused === null ? calibrate(logit, card.calibration) : null,
      refused,
      milliseconds,
    });
  }
  return rows;
}

/** The reason's code, or null where both steps of the gate let the image through. */
async function refusal(
  bytes: Uint8Array,
  texture: Float32Array | undefined,
  card: Pick<ModelCard, 'typicality'>,
): Promise<string | null> {
  const prepared = await prepareImage(bytes);
  if (!prepared.ok) return prepared.reason;
  const { measures } = prepared.value;
  const quality = assessQuality(measures);
  if (!quality.acceptable) return quality.reason;
  const far = texture ? (typicality(texture, card)?.far ?? false) : false;
  const kind = assessTexture(measures, far);
  return kind.acceptable ? null : kind.reason;
}
