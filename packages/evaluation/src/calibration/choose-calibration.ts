import type { Calibration, CalibrationChoice } from '@lucency/model/card';
import { seededRandom, shuffle } from '@lucency/statistics';
import { type Answered, logLoss, patientWeights } from './answered.js';
import { fitPlatt, fitTemperature } from './fit.js';

export interface ChosenCalibration {
  /** For the model's card. */
  readonly calibration: Calibration;
  /** For the report. */
  readonly choice: CalibrationChoice;
}

const folds = 5;

/**
 * Nothing, temperature or Platt: which has the least cross-entropy on patients that its fit did not see (five folds
 * by patient, each class spread over all), fitted again on all. Answers are of calibration patients only, plain and
 * disturbed, and each patient weighs alike.
 */
export function chooseCalibration(answers: readonly Answered[], seed = 1): ChosenCalibration {
  const foldOf = dealPatients(answers, folds, seed);
  const fits = {
    identity: (): Calibration => ({ method: 'identity' }),
    temperature: fitTemperature,
    platt: fitPlatt,
  };
  const unseenLoss = (fit: (seen: readonly Answered[]) => Calibration) => {
    let [loss, patients] = [0, 0];
    for (let fold = 0; fold < folds; fold++) {
      const unseen = answers.filter(({ patient }) => foldOf.get(patient) === fold);
      const seen = answers.filter(({ patient }) => foldOf.get(patient) !== fold);
      if (unseen.length === 0) continue;
      const weight = new Set(unseen.map(({ patient }) => patient)).size;
      loss += weight * logLoss(unseen, fit(seen));
      patients += weight;
    }
    return Math.round((loss / patients) * 1e5) / 1e5;
  };
  const losses = {
    identity: unseenLoss(fits.identity),
    temperature: unseenLoss(fits.temperature),
    platt: unseenLoss(fits.platt),
  };
  // Of equals the one with fewer numbers to get wrong.
  const methods = ['identity', 'temperature', 'platt'] as const;
  const method = methods.reduce((best, next) => (losses[next] < losses[best] ? next : best));
  const calibration = fits[method](answers);
  const choice = { method, prior: priorOf(answers), patients: foldOf.size, logLoss: losses };
  return { calibration, choice };
}

/** Fold of each patient; classes are dealt one after the other, so that each fold has its share of both. */
export function dealPatients(answers: readonly Answered[], count: number, seed: number): Map<string, number> {
  const random = seededRandom(seed);
  const ofClass = (label: number) =>
    shuffle(
      [...new Set(answers.filter((row) => row.label === label).map(({ patient }) => patient))].sort(),
      random,
    );
  const dealt = new Map<string, number>();
  for (const patient of [...ofClass(0), ...ofClass(1)])
    if (!dealt.has(patient)) dealt.set(patient, dealt.size % count);
  return dealt;
}

/** Share of pneumonia, patients weighing alike. */
function priorOf(answers: readonly Answered[]): number {
  const weights = patientWeights(answers);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const positive = answers.reduce((sum, { label }, index) => sum + label * (weights[index] ?? 0), 0);
  return Math.round((positive / total) * 1e5) / 1e5;
}
