import { readFile } from 'node:fs/promises';
import { prepareImage } from '@lucency/imaging';
import { decide, type Engine, type ModelCard } from '@lucency/model/card';
import type { LabelledFile } from '../dataset/read-data-set.js';
import type { Progress } from '../progress.js';
import { type EvaluatedFile, imageKey } from './predictions.js';

const batchSize = 8;

/** Runs files through an engine that serves; one that cannot be decoded is refused. */
export async function readFiles(
  files: readonly LabelledFile[],
  engine: Engine,
  card: Pick<ModelCard, 'threshold' | 'calibration'>,
  progress: Progress,
): Promise<EvaluatedFile[]> {
  const rows: EvaluatedFile[] = [];
  for (let start = 0; start < files.length; start += batchSize) {
    const batch = files.slice(start, start + batchSize).map((file) => readOne(file, engine, card));
    rows.push(...(await Promise.all(batch)));
    progress.show(`test images, ${engine.name}`, rows.length, files.length);
  }
  return rows;
}

async function readOne(
  { path, label, patient }: LabelledFile,
  engine: Engine,
  card: Pick<ModelCard, 'threshold' | 'calibration'>,
): Promise<EvaluatedFile> {
  const bytes = await readFile(path);
  const common = { image: imageKey(bytes), patient, label };
  const prepared = await prepareImage(bytes);
  if (!prepared.ok) return { ...common, probability: null, refused: prepared.reason, milliseconds: 0 };
  const { logit, milliseconds, batchSize: shared } = await engine.classify(prepared.value.input);
  const { probability } = decide(logit, card);
  return { ...common, probability, refused: null, milliseconds: milliseconds / shared };
}
