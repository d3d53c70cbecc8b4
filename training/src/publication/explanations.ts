import type { ModelCard, ReportSections } from '@lucency/model/card';
import { createOnnxEngine } from '@lucency/model/onnx';
import type { Data, DataExample } from '../dataset/data.js';
import type { LabelledFile } from '../dataset/read-data-set.js';
import {
  chooseFaithfulness,
  explainImages,
  measureExplanations,
  openRandomised,
} from '../evaluation/explanations/index.js';
import type { Progress } from '../progress.js';
import { seededRandom, shuffle } from '../random.js';

/** Drawn by the seed: a hundred forward passes each. */
const images = { validation: 60, test: 100 };

/** Chooses on validation images from which score on a heatmap is shown, and measures heatmaps on test images. */
export async function studyExplanations(
  directory: string,
  card: ModelCard,
  { parts }: Pick<Data, 'parts'>,
  {
    seed,
    threads,
    progress,
  }: { readonly seed: number; readonly threads: number; readonly progress: Progress },
): Promise<Required<Pick<ReportSections, 'explanations'>> & Required<Pick<ModelCard, 'faithfulness'>>> {
  const engine = await createOnnxEngine({ modelDir: directory, precision: 'int8', threads });
  const draw = (from: readonly DataExample[], count: number) =>
    shuffle([...from], seededRandom(seed))
      .slice(0, count)
      .map(asFile);
  const validated = await explainImages(draw(parts.validation, images.validation), {
    engine,
    card,
    progress,
  });
  const thresholds = chooseFaithfulness(validated);
  const explanations = await measureExplanations(draw(parts.test, images.test), {
    engine,
    card,
    progress,
    thresholds,
    sanity: { open: (part, drawn) => openRandomised(directory, part, { seed: drawn, threads }) },
  });
  await engine.close();
  return { explanations, faithfulness: thresholds };
}

function asFile({ file, path, label, patient }: DataExample): LabelledFile {
  return { file, path, label: label === 1 ? 'PNEUMONIA' : 'NORMAL', patient };
}
