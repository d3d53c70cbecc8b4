import type { Calibration, Purpose } from '@lucency/model/card';
import { exactLowerBound, mostFailures } from '@lucency/statistics';
import { type Answered, patientWeights } from '../calibration/answered.js';
import { atPrevalence, fitSite, type SiteCalibration } from './site-calibration.js';

export function byPurpose<T>(of: (purpose: Purpose) => T): Record<Purpose, T> {
  return { screening: of('screening'), balanced: of('balanced'), 'rule-in': of('rule-in') };
}

/** What screening and rule-in are asked to promise. */
export interface Asked {
  readonly sensitivity: number;
  readonly specificity: number;
}

export const askedByDefault: Asked = { sensitivity: 0.95, specificity: 0.95 };

/** Of a promise: it holds at 19 of 20 sites that measure like this one. */
export const confidence = 0.95;

/** What a rate is at least among new patients of this site, and what was asked. */
export interface Promised {
  readonly rate: 'sensitivity' | 'specificity';
  readonly asked: number;
  readonly atLeast: number;
  /** Patients of the class that decides, and as how many it would take if none of them were answered wrongly. */
  readonly patients: number;
  readonly needed: number;
}

export interface Refitted {
  readonly site: SiteCalibration;
  /** Logits from which on the answer is pneumonia. */
  readonly thresholds: Readonly<Record<Purpose, number>>;
  readonly promised: Readonly<Record<Purpose, Promised | null>>;
}

/**
 * Thresholds for one site from its cases alone.
 *
 * - `balanced`: where the site's calibration calls both classes alike likely at a prevalence of one half: both errors
 *   weigh alike. A line through all cases moves less from draw to draw than the best threshold on them.
 * - `screening`: as many patients with pneumonia are missed as still let the asked sensitivity be promised (the order
 *   statistics of Wilks 1941, which the exact binomial bound gives: no normal moves this threshold, and no distribution
 *   is assumed). Where there are too few patients for any promise of that, none is missed.
 * - `rule-in`: the same with the normals and the asked specificity.
 */
export function refit(answers: readonly Answered[], card: Calibration, asked: Asked): Refitted {
  const site = fitSite(answers, card);
  const { slope, offset } = atPrevalence(site, card, 0.5);
  const screening = boundary(answers, 1, asked.sensitivity);
  const ruleIn = boundary(answers, 0, asked.specificity);
  return {
    site,
    thresholds: { screening: screening.logit, balanced: -offset / slope, 'rule-in': ruleIn.logit },
    promised: {
      screening: { rate: 'sensitivity', asked: asked.sensitivity, ...screening.promise },
      balanced: null,
      'rule-in': { rate: 'specificity', asked: asked.specificity, ...ruleIn.promise },
    },
  };
}

/** Beyond the case that bounds it by so little that it matters to no other, and that batches cannot tell. */
const justBeyond = 1e-4;

/** The logit that leaves as many patients of a class on its wrong side as the promise bears. */
function boundary(answers: readonly Answered[], label: 0 | 1, asked: number) {
  const own = answers.filter((row) => row.label === label);
  const weights = patientWeights(own);
  const patients = new Set(own.map(({ patient }) => patient)).size;
  const wrong = mostFailures(patients, asked, confidence) ?? 0;
  const ranked = own
    .map(({ logit }, at) => ({ logit, weight: weights[at] ?? 0 }))
    .sort((a, b) => (label === 1 ? a.logit - b.logit : b.logit - a.logit));
  let passed = 0;
  const last = ranked.find(({ weight }) => {
    passed += weight;
    return passed > wrong + 1e-9;
  });
  const logit = last?.logit ?? 0;
  return {
    logit: label === 1 ? logit - justBeyond : logit + justBeyond,
    promise: {
      atLeast: exactLowerBound(patients - wrong, patients, confidence),
      patients,
      needed: needed(asked),
    },
  };
}

/** Patients of a class without an error among them that promise a rate. */
export function needed(asked: number): number {
  return Math.ceil(Math.log(1 - confidence) / Math.log(asked));
}
