import type { Progress } from '@lucency/command-line';
import type { LabelledFile } from '@lucency/evaluation';
import { inputSize, type ModelCard, type ReportSections } from '@lucency/model/card';
import { createOnnxEngine } from '@lucency/model/onnx';
import { seededRandom, shuffle } from '@lucency/statistics';
import { cropToLungs } from '../augmentation/lungs.js';
import type { Data, DataExample } from '../dataset/data.js';
import type { ReadPicture } from '../explanations/explain-images.js';
import {
  chooseFaithfulness,
  explainImages,
  measureExplanations,
  openRandomised,
} from '../explanations/index.js';
import { readPicture } from '../pictures/read-picture.js';

/** Drawn by the seed: a hundred forward passes each. */
const images = { validation: 40, test: 60 };

/** Chooses on validation images from which score on a heatmap is shown, and measures heatmaps on test images. */
export async function studyExplanations(
  directory: string,
  card: ModelCard,
  { parts, store }: Pick<Data, 'parts' | 'store'>,
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
  const read = readerOf({ parts, store });
  const validated = await explainImages(draw(parts.validation, images.validation), {
    engine,
    card,
    progress,
    read,
  });
  const thresholds = chooseFaithfulness(validated, card.input.crop === 'lungs' ? 'lungs' : 'picture');
  const explanations = await measureExplanations(draw(parts.test, images.test), {
    engine,
    card,
    progress,
    thresholds,
    read,
    sanity: { open: (part, drawn) => openRandomised(directory, part, { seed: drawn, threads }), read },
  });
  await engine.close();
  return { explanations, faithfulness: thresholds };
}

/** Reads what the services would show a model that looks at the lungs; whole files for any other. */
function readerOf({ parts, store }: Pick<Data, 'parts' | 'store'>): ReadPicture {
  const indices = new Map(Object.values(parts).flatMap((of) => of.map(({ path, index }) => [path, index])));
  return async (path) => {
    const index = indices.get(path);
    const lungs = index === undefined ? undefined : store.lungs(index);
    if (index === undefined || !lungs) return readPicture(path);
    return cropToLungs({ picture: store.picture(index), lungs }, inputSize).picture;
  };
}

function asFile({ file, path, label, patient }: DataExample): LabelledFile {
  return { file, path, label: label === 1 ? 'PNEUMONIA' : 'NORMAL', patient };
}
