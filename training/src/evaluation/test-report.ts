import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decide, readModelCard } from '@lucency/model/card';
import { createOnnxEngine } from '@lucency/model/onnx';
import type { LabelledFile } from '../dataset/read-data-set.js';
import { readImage } from '../features/read-image.js';
import type { EpochRecord } from '../head/train-head.js';
import type { Progress } from '../progress.js';
import { type EvaluatedFile, evaluate } from './report.js';

export interface TestReport {
  readonly directory: string;
  readonly model: string;
  readonly files: readonly LabelledFile[];
  readonly history: readonly EpochRecord[];
  readonly threads: number;
}

const batchSize = 8;

/** Runs the test images through the engine that serves, and writes figures, plots and the training's course. */
export async function writeTestReport(
  { directory, model, files, history, threads }: TestReport,
  progress: Progress,
): Promise<void> {
  const card = await readModelCard(model);
  const engine = await createOnnxEngine({ modelDir: model, precision: 'int8', threads });
  const rows: EvaluatedFile[] = [];
  for (let start = 0; start < files.length; start += batchSize) {
    const batch = files
      .slice(start, start + batchSize)
      .map(async ({ file, path, label }): Promise<EvaluatedFile> => {
        const { logit, milliseconds, batchSize: shared } = await engine.classify(await readImage(path));
        const { probability } = decide(logit, card);
        return { file, label, probability, refused: null, milliseconds: milliseconds / shared };
      });
    rows.push(...(await Promise.all(batch)));
    progress.show('test images, int8', rows.length, files.length);
  }
  const { files: written } = evaluate(rows, {
    modelId: card.id,
    engine: engine.name,
    threshold: card.threshold,
  });
  await engine.close();
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'training.json'), `${JSON.stringify(history, null, 2)}\n`);
  for (const [name, content] of written) await writeFile(join(directory, name), content);
}
