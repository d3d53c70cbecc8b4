import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calibration } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import { shiftedTreatments } from '../augmentation/treatments.js';
import { withProbabilities } from '../calibration/answered.js';
import { chooseCalibration } from '../calibration/choose-calibration.js';
import type { Data } from '../dataset/data.js';
import type { ScoredImage } from '../evaluation/confusion.js';
import { Ranking } from '../evaluation/ranking.js';
import { type Example, inEveryTreatment } from '../fine-tuning/examples.js';
import type { Fitted } from '../fit.js';
import { TrainableNetwork } from '../network/trainable-network.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import type { Progress } from '../progress.js';
import type { Recipe } from '../recipes/recipe.js';
import { type Answer, answersOfNetwork } from './answers.js';
import { interpolate } from './interpolate.js';

/** The recipe at less cost, for the training that leaves a series of normals out. */
export function leftOutRecipe(recipe: Recipe): Recipe {
  return { ...recipe, fineTuning: { ...recipe.fineTuning, side: 160, epochs: 3 } };
}

/** A model that never saw a series of normals, judged on it. */
export interface LeftOutCandidate {
  readonly interpolation: number;
  readonly calibration: Calibration;
  /** Normals of the series and pneumonias of the validation patients, calibrated on calibration patients. */
  readonly plain: readonly ScoredImage[];
  readonly cropped: readonly ScoredImage[];
  readonly auc: { readonly plain: number; readonly cropped: number };
}

/** Judges every interpolation on the left-out series, as it is and with the border cropped. */
export async function judgeLeftOut(
  { headOnly, tuned }: Pick<Fitted, 'headOnly' | 'tuned'>,
  data: Data,
  pool: PicturePool,
  recipe: Recipe,
  folder: string,
  progress: Progress,
): Promise<readonly LeftOutCandidate[]> {
  const file = join(folder, 'left-out.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept);
  const { side, from } = recipe.fineTuning;
  const judged: Example[] = [...data.leftOut, ...data.parts.validation.filter(({ label }) => label === 1)];
  const candidates: LeftOutCandidate[] = [];
  for (const interpolation of recipe.interpolations) {
    const network = new TrainableNetwork(mixed(interpolation), from);
    const step = `left-out series, ${interpolation}`;
    const answers = await answersOfNetwork(
      network,
      inEveryTreatment(judged, ['plain', 'border cropped']),
      pool,
      side,
      { progress, step },
    );
    const dealt = data.parts.calibration.map((example, at) => ({
      ...example,
      treatment: shiftedTreatments[at % shiftedTreatments.length] ?? 'plain',
      seed: example.index,
    }));
    const forCalibration = await answersOfNetwork(network, dealt, pool, side, { progress, step });
    network.dispose();
    const { calibration } = chooseCalibration(forCalibration);
    const rows = (treatment: Answer['treatment']) =>
      withProbabilities(
        answers.filter((answer) => answer.treatment === treatment),
        calibration,
      );
    const [plain, cropped] = [rows('plain'), rows('border cropped')];
    const auc = { plain: new Ranking(plain).area(), cropped: new Ranking(cropped).area() };
    progress.say(
      `left out, interpolation ${interpolation}: AUC ${auc.plain.toFixed(4)}, cropped ${auc.cropped.toFixed(4)}`,
    );
    candidates.push({ interpolation, calibration, plain, cropped, auc });
  }
  await writeFile(file, JSON.stringify(candidates));
  return candidates;

  function mixed(interpolation: number): Tensors {
    return interpolate(headOnly, tuned, interpolation);
  }
}
