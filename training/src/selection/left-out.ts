import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '@lucency/command-line';
import {
  chooseCalibration,
  groupBy,
  homeSource,
  Ranking,
  type ShiftedSet,
  withProbabilities,
} from '@lucency/evaluation';
import type { Calibration } from '@lucency/model/card';
import type { Tensors } from '@lucency/model/weights';
import { shiftedTreatments } from '../augmentation/treatments.js';
import type { Data } from '../dataset/data.js';
import { inEveryTreatment } from '../dataset/examples.js';
import type { Fitted } from '../fitting/fit.js';
import { TrainableNetwork } from '../network/trainable-network.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import type { Recipe } from '../recipes/recipe.js';
import { type Answer, answersOfNetwork } from './answers.js';
import { interpolate } from './interpolate.js';

/** The recipe at less cost, for the training that leaves something out. */
export function leftOutRecipe(recipe: Recipe): Recipe {
  const { early, ...fineTuning } = recipe.fineTuning;
  return { ...recipe, fineTuning: { ...fineTuning, side: early?.side ?? 160, epochs: early ? 2 : 3 } };
}

/** A model that never saw what was left out, judged on it; calibrated on calibration patients of what it learnt from. */
export interface LeftOutCandidate {
  readonly interpolation: number;
  readonly calibration: Calibration;
  /** What thresholds may be chosen on. */
  readonly sets: readonly ShiftedSet[];
  /** Test patients, for the report alone. */
  readonly tested: readonly ShiftedSet[];
}

/**
 * Judges every interpolation on what was left out, as it is and, of a series, with the border cropped. A series of normals
 * is set against the pneumonias of the validation patients.
 */
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
  const { tested, others } = data.leftOut;
  const bothClasses = others.some(({ label }) => label === 1);
  const judged = bothClasses
    ? inEveryTreatment([...others, ...tested], ['plain'])
    : inEveryTreatment(
        [...others, ...data.parts.validation.filter(({ label }) => label === 1)],
        ['plain', 'border cropped'],
      );
  const candidates: LeftOutCandidate[] = [];
  for (const interpolation of recipe.interpolations) {
    const network = new TrainableNetwork(mixed(interpolation), from);
    const step = `left out, ${interpolation}`;
    const answers = await answersOfNetwork(network, judged, pool, side, { progress, step });
    const dealt = data.parts.calibration.map((example, at) => ({
      ...example,
      treatment: shiftedTreatments[at % shiftedTreatments.length] ?? 'plain',
      seed: example.index,
    }));
    const forCalibration = await answersOfNetwork(network, dealt, pool, side, { progress, step });
    network.dispose();
    const { calibration } = chooseCalibration(forCalibration);
    const candidate = { interpolation, calibration, ...setsOf(answers, data.leftOut, calibration) };
    for (const { name, rows } of [...candidate.sets, ...candidate.tested])
      progress.say(`${name}, interpolation ${interpolation}: AUC ${new Ranking(rows).area().toFixed(4)}`);
    candidates.push(candidate);
  }
  await writeFile(file, JSON.stringify(candidates));
  return candidates;

  function mixed(interpolation: number): Tensors {
    return interpolate(headOnly, tuned, interpolation);
  }
}

function setsOf(
  answers: readonly Answer[],
  { tested }: Data['leftOut'],
  calibration: Calibration,
): Pick<LeftOutCandidate, 'sets' | 'tested'> {
  const kept = new Set(tested.map(({ index }) => index));
  const sources = [...groupBy(answers, ({ source }) => source)].filter(([name]) => name !== homeSource);
  if (sources.length === 0) {
    const set = (name: string, treatment: Answer['treatment']) => ({
      name,
      rows: withProbabilities(
        answers.filter((answer) => answer.treatment === treatment),
        calibration,
      ),
    });
    return {
      sets: [set('left-out series', 'plain'), set('left-out series, border cropped', 'border cropped')],
      tested: [],
    };
  }
  const setsFrom = (of: (answer: Answer) => boolean, ending: string) =>
    sources.flatMap(([source, all]) => {
      const own = all.filter(of);
      const set = (name: string, rows: readonly Answer[]) => ({
        name,
        rows: withProbabilities(rows, calibration),
      });
      return [
        set(
          `${source}, left out of training${ending}`,
          own.filter(({ otherAbnormal }) => !otherAbnormal),
        ),
        set(
          `${source}, left out of training${ending}, against other abnormal`,
          own.filter(({ label, otherAbnormal }) => label === 1 || otherAbnormal),
        ),
      ];
    });
  const [clear] = setsFrom(({ index }) => !kept.has(index), '');
  return {
    sets: clear ? [clear] : [],
    tested: setsFrom(({ index }) => kept.has(index), ', test patients'),
  };
}
