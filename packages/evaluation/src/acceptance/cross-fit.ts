import type { Calibration, Purpose } from '@lucency/model/card';
import type { Answered } from '../calibration/answered.js';
import { dealPatients } from '../calibration/choose-calibration.js';
import { type Asked, byPurpose, refit } from './refit.js';
import type { SiteCalibration } from './site-calibration.js';

/** What was refitted without a case's patient says of the case. */
export interface UnseenAnswer {
  readonly site: SiteCalibration;
  /** Called pneumonia. */
  readonly called: Readonly<Record<Purpose, boolean>>;
}

const mostFolds = 10;

/**
 * Answers to every case by what was refitted on other patients: ten folds of patients (as many as the rarer class has
 * patients, where those are fewer), each class dealt over all of them. A figure of these is one of new patients; a
 * figure of the cases that chose a threshold is not.
 */
export function crossFit(
  answers: readonly Answered[],
  card: Calibration,
  asked: Asked,
  seed = 1,
): UnseenAnswer[] {
  const patientsOf = (label: number) =>
    new Set(answers.filter((row) => row.label === label).map(({ patient }) => patient)).size;
  const folds = Math.max(2, Math.min(mostFolds, patientsOf(0), patientsOf(1)));
  const foldOf = dealPatients(answers, folds, seed);
  const refits = Array.from({ length: folds }, (_, fold) =>
    refit(
      answers.filter(({ patient }) => foldOf.get(patient) !== fold),
      card,
      asked,
    ),
  );
  return answers.map(({ logit, patient }) => {
    const own = refits[foldOf.get(patient) ?? 0];
    if (!own) throw new RangeError('a patient was dealt to no fold');
    return { site: own.site, called: callsAt(logit, own.thresholds) };
  });
}

export function callsAt(
  logit: number,
  thresholds: Readonly<Record<Purpose, number>>,
): Record<Purpose, boolean> {
  return byPurpose((purpose) => logit >= thresholds[purpose]);
}
