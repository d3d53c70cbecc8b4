import { type Calibration, calibrate, type ModelCard, type Purpose, purposes } from '@lucency/model/card';
import { countPatients, type Resampling } from '@lucency/statistics';
import { reliabilityWithIntervals, rocBand } from '../bands.js';
import { countsOf, evidenceOf } from '../by-group.js';
import type { Answered } from '../calibration/answered.js';
import { conformalLevels } from '../calibration/conformal.js';
import { type AnsweredCase, answered, type ReadCase, scored } from '../cases.js';
import type { ScoredImage } from '../confusion.js';
import { rounded } from '../figures.js';
import { Ranking } from '../ranking.js';
import { meanGap, reliability, shareWithPneumonia } from '../reliability.js';
import { withIntervals } from '../with-intervals.js';
import type {
  AcceptanceReport,
  CalibrationFigures,
  JudgedPoint,
  RefittedPoint,
} from './acceptance-report.js';
import { callsAt, crossFit } from './cross-fit.js';
import { findingsOf } from './findings.js';
import { exactRates, predictiveValues, shareOf } from './rates.js';
import { type Asked, type Refitted, refit } from './refit.js';
import { atPrevalence } from './site-calibration.js';

export interface AcceptanceOptions {
  readonly card: Pick<ModelCard, 'id' | 'calibration' | 'threshold' | 'operatingPoints' | 'ageRangeMonths'>;
  readonly engine: string;
  readonly asked: Asked;
  /** Share of pneumonia among the patients whom the site will show; that of the cases unless given. */
  readonly prevalence?: number | undefined;
  readonly labels?: Labels;
  readonly resampling?: Resampling;
}

/** Patients of each class without whom nothing can be refitted and judged by others. */
export const fewestPatients = 2;

/**
 * What a model does on a site's cases, at the card's operating points and at refitted ones. Whatever was refitted is
 * judged on patients that it was not fitted on. Throws, in one line, where a class has too few patients.
 */
export function judgeCases(cases: readonly ReadCase[], options: AcceptanceOptions): AcceptanceReport {
  const { card, engine, asked, resampling } = options;
  const read = answered(cases);
  const { judging, textMined } = casesThatJudge(read, options.labels ?? 'people');
  const others = read.filter(({ otherAbnormal }) => otherAbnormal);
  const answers = asAnswered(judging);
  for (const [label, name] of ['without', 'with'].entries()) {
    const patients = countPatients(answers.filter((row) => row.label === label));
    if (patients < fewestPatients)
      throw new Error(
        `Only ${patients} patient${patients === 1 ? '' : 's'} ${name} pneumonia could be read; nothing can be measured ` +
          `with fewer than ${fewestPatients} of each class.`,
      );
  }
  const share = shareWithPneumonia(judging.map(({ label }) => ({ label, probability: 0 })));
  const prevalence = options.prevalence ?? share;
  const own = refit(answers, card.calibration, asked);
  const unseen = crossFit(answers, card.calibration, asked);
  const platt = atPrevalence(own.site, card.calibration, prevalence);
  const cardRows = scored(judging, card.calibration);
  const siteRows = judging.map(({ label, patient, reading }, at): ScoredImage => {
    const site = unseen[at]?.site ?? own.site;
    const fitted = atPrevalence(site, card.calibration, share);
    return { label, patient, probability: calibrate(reading.logit, fitted) };
  });

  const judgedCard = cardPoints(card).map(({ purpose, threshold }): JudgedPoint => {
    const calls = (of: readonly AnsweredCase[]) => callsFrom(of, card.calibration, threshold);
    const rates = exactRates(calls(judging));
    return {
      purpose,
      threshold,
      isDefault: threshold === card.threshold,
      ...rates,
      ...predictiveValues(rates, prevalence),
      otherSpecificity: others.length > 0 ? shareOf(calls(others), ({ called }) => !called) : null,
    };
  });
  const refitted = purposes.map((purpose): RefittedPoint => {
    const rates = exactRates(
      judging.map((row, at) => ({ ...row, called: unseen[at]?.called[purpose] ?? false })),
    );
    const logit = own.thresholds[purpose];
    return {
      purpose,
      logit,
      threshold: calibrate(logit, platt),
      isDefault: false,
      promised: own.promised[purpose],
      ...rates,
      ...predictiveValues(rates, prevalence),
      otherSpecificity: otherSpecificity(others, own, purpose),
    };
  });

  const report = {
    version: 1 as const,
    createdAt: new Date().toISOString(),
    modelId: card.id,
    engine,
    asked,
    prevalence: {
      value: rounded(prevalence),
      from: options.prevalence === undefined ? ('cases' as const) : ('given' as const),
    },
    cases: {
      files: cases.length,
      refused: cases.length - read.length,
      images: {
        normal: judging.filter(({ label }) => label === 0).length,
        pneumonia: judging.filter(({ label }) => label === 1).length,
        otherAbnormal: others.length,
      },
      patients: {
        normal: countPatients(answers.filter(({ label }) => label === 0)),
        pneumonia: countPatients(answers.filter(({ label }) => label === 1)),
      },
      textMined,
    },
    ages: agesOf(judging, card.ageRangeMonths),
    auc: areaWithInterval(cardRows, resampling),
    aucAgainstOther:
      others.length > 0
        ? areaWithInterval(
            scored([...judging.filter(({ label }) => label === 1), ...others], card.calibration),
            resampling,
          )
        : null,
    roc: rocBand(cardRows, resampling),
    card: { calibration: calibrationFigures(cardRows, resampling), points: judgedCard },
    site: {
      ...own.site,
      platt,
      calibration: calibrationFigures(siteRows, resampling),
      points: refitted,
      // One line for all logits keeps their order, so that these are sets of the network's own answers.
      conformal: conformalLevels(scored(judging, platt)),
    },
    refusals: countsOf(cases.flatMap(({ refused }) => refused ?? [])),
    cautions: Object.fromEntries(
      Object.keys(countsOf(read.flatMap(({ reading }) => reading.cautions))).map((code) => [
        code,
        shareOf(read, ({ reading }) => reading.cautions.includes(code)),
      ]),
    ),
    evidence: evidenceOf([['all', judging]]),
  };
  return { ...report, findings: findingsOf(report) };
}

/** Whose labels count: those of people where there are any, or also those that a program found in reports. */
export type Labels = 'people' | 'any';

/**
 * Normals and pneumonias. What only a program found in a report judges nothing where people looked at pictures of both
 * classes: radiologists call fewer than half of such a pneumonia an opacity, and nobody has looked at its normals.
 */
export function casesThatJudge(
  read: readonly AnsweredCase[],
  labels: Labels,
): { readonly judging: AnsweredCase[]; readonly textMined: number } {
  const clear = read.filter(({ otherAbnormal }) => !otherAbnormal);
  const looked = clear.filter(({ textMined }) => !textMined);
  const isEnough = [0, 1].every((label) => looked.some((row) => row.label === label));
  const judging = labels === 'people' && isEnough ? looked : clear;
  return { judging, textMined: clear.length - judging.length };
}

export function asAnswered(cases: readonly AnsweredCase[]): Answered[] {
  return cases.map(({ label, patient, reading }) => ({ label, patient, logit: reading.logit }));
}

/** A year of age is within the range where any of its months is. */
function agesOf(
  cases: readonly AnsweredCase[],
  meantFor: ModelCard['ageRangeMonths'],
): AcceptanceReport['ages'] {
  const ages = cases.flatMap(({ groups }) => {
    const years = groups.age?.trim() ? Number(groups.age) : Number.NaN;
    return Number.isFinite(years) ? [years] : [];
  });
  const outside = ages.filter((years) => 12 * years + 11 < meantFor.from || 12 * years > meantFor.to);
  return { known: ages.length, outside: outside.length, meantFor };
}

/** The card's points by purpose, and its default where that is none of them. */
function cardPoints({ operatingPoints, threshold }: AcceptanceOptions['card']) {
  const known = operatingPoints.map((point) => ({ purpose: point.purpose, threshold: point.threshold }));
  return known.some((point) => point.threshold === threshold)
    ? known
    : [{ purpose: 'balanced' as const, threshold }, ...known];
}

function callsFrom(of: readonly AnsweredCase[], calibration: Calibration, threshold: number) {
  return scored(of, calibration).map((row) => ({ ...row, called: row.probability >= threshold }));
}

/** None of them chose the threshold. */
function otherSpecificity(others: readonly AnsweredCase[], { thresholds }: Refitted, purpose: Purpose) {
  if (others.length === 0) return null;
  return shareOf(others, ({ reading }) => !callsAt(reading.logit, thresholds)[purpose]);
}

function areaWithInterval(rows: readonly ScoredImage[], resampling?: Resampling) {
  const ranking = new Ranking(rows);
  return only(withIntervals(rows, (weights) => [ranking.area(weights)], resampling));
}

function calibrationFigures(rows: readonly ScoredImage[], resampling?: Resampling): CalibrationFigures {
  const gap = (weights?: Float64Array) => [meanGap(reliability(rows, {}, weights))];
  const mean = (of: (row: ScoredImage) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const least = 1e-15;
  return {
    error: only(withIntervals(rows, gap, resampling)),
    logLoss: rounded(
      mean(
        ({ label, probability }) => -Math.log(Math.max(least, label === 1 ? probability : 1 - probability)),
      ),
    ),
    meanProbability: rounded(mean(({ probability }) => probability)),
    observedRate: rounded(shareWithPneumonia(rows)),
    reliability: reliabilityWithIntervals(rows, resampling),
  };
}

function only<T>([figure]: readonly T[]): T {
  if (figure === undefined) throw new Error('nothing was measured');
  return figure;
}
