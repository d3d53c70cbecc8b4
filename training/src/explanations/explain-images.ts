import type { Progress } from '@lucency/command-line';
import type { LabelledFile } from '@lucency/evaluation';
import { type Faithfulness, measureFaithfulness } from '@lucency/imaging';
import { calibratedLogOdds, decide, type Engine, type ModelCard } from '@lucency/model/card';
import { seededRandom } from '@lucency/statistics';
import { type Picture, toRgb } from '../augmentation/picture.js';
import { readPicture } from '../pictures/read-picture.js';
import { centreMap, randomMap } from './rival-maps.js';

/** One image with the model's map, how faithful that is, and how two maps that know nothing do on the same image. */
export interface ExplainedImage {
  readonly file: LabelledFile;
  readonly label: 0 | 1;
  readonly patient: string;
  readonly calledPneumonia: boolean;
  /** `[7, 7]`, signed. */
  readonly evidence: Float32Array;
  readonly model: Faithfulness;
  readonly random: Faithfulness;
  readonly centre: Faithfulness;
}

export interface ExplainDeps {
  readonly engine: Pick<Engine, 'classify'>;
  readonly card: Pick<ModelCard, 'threshold' | 'calibration'>;
  readonly progress: Progress;
  readonly seed?: number;
  /** What the model is shown of a file, for one that is not shown all of it. */
  readonly read?: ReadPicture;
}

export type ReadPicture = (path: string) => Promise<Picture>;

/** 103 forward passes an image, with the algorithm by which the services score a study. */
export async function explainImages(
  files: readonly LabelledFile[],
  { engine, card, progress, seed = 1, read = readPicture }: ExplainDeps,
): Promise<ExplainedImage[]> {
  const random = seededRandom(seed);
  const ask = async (inputs: Float32Array[]) => {
    const answers = await Promise.all(inputs.map((input) => engine.classify(input)));
    return answers.map(({ logit }) => calibratedLogOdds(logit, card.calibration));
  };
  const explained: ExplainedImage[] = [];
  for (const file of files) {
    const input = toRgb(await read(file.path));
    const { logit, evidence } = await engine.classify(input.slice());
    explained.push({
      file,
      label: file.label === 'PNEUMONIA' ? 1 : 0,
      patient: file.patient,
      calledPneumonia: decide(logit, card).decision === 'PNEUMONIA',
      evidence,
      model: await measureFaithfulness(input, evidence, ask),
      random: await measureFaithfulness(input, randomMap(random), ask),
      centre: await measureFaithfulness(input, centreMap(), ask),
    });
    progress.show('insertion and deletion', explained.length, files.length);
  }
  return explained;
}
