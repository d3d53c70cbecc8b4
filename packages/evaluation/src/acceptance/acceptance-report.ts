import type {
  BandPoint,
  Calibration,
  ConformalLevel,
  Interval,
  ModelCompared,
  Purpose,
  ReliabilityWithInterval,
} from '@lucency/model/card';
import type { DrawnSize } from './draws.js';
import type { PredictiveValues, Rates } from './rates.js';
import type { Asked, Promised } from './refit.js';
import type { SiteCalibration } from './site-calibration.js';

/** `report.json`: what a model does on one site's cases, as plain data. Shares are in [0, 1], intervals of 95 %. */
export interface AcceptanceReport {
  readonly version: 1;
  readonly createdAt: string;
  readonly modelId: string;
  readonly engine: string;
  readonly asked: Asked;
  readonly prevalence: { readonly value: number; readonly from: 'given' | 'cases' };
  readonly cases: Counted;
  /** Pictures with an age in years, those of patients outside the card's range, and that range in months. */
  readonly ages: {
    readonly known: number;
    readonly outside: number;
    readonly meantFor: { readonly from: number; readonly to: number };
  };
  readonly auc: Interval;
  /** Against what is abnormal otherwise; null where there is none. */
  readonly aucAgainstOther: Interval | null;
  readonly roc: readonly BandPoint[];
  readonly card: {
    readonly calibration: CalibrationFigures;
    readonly points: readonly JudgedPoint[];
  };
  readonly site: SiteCalibration & {
    readonly platt: Calibration;
    /** Of patients that the fit did not see, at the share of pneumonia among the cases. */
    readonly calibration: CalibrationFigures;
    readonly points: readonly RefittedPoint[];
    readonly conformal: readonly ConformalLevel[];
  };
  readonly refusals: Readonly<Record<string, number>>;
  readonly cautions: Readonly<Record<string, Interval>>;
  readonly evidence: Pick<ModelCompared, 'lungs' | 'boxes'>;
  readonly findings: readonly Finding[];
  readonly draws?: readonly DrawnSize[];
}

export interface Counted {
  readonly files: number;
  readonly refused: number;
  readonly images: { readonly normal: number; readonly pneumonia: number; readonly otherAbnormal: number };
  readonly patients: { readonly normal: number; readonly pneumonia: number };
  /** Pictures whose label only a program found in a report, and which were left out for that. */
  readonly textMined: number;
}

export interface CalibrationFigures {
  /** Expected calibration error, ten bins of equal width. */
  readonly error: Interval;
  /** Mean cross-entropy in nats; images. */
  readonly logLoss: number;
  readonly meanProbability: number;
  readonly observedRate: number;
  readonly reliability: readonly ReliabilityWithInterval[];
}

export interface JudgedPoint extends Rates, PredictiveValues {
  readonly purpose: Purpose;
  /** Of the calibrated probability. */
  readonly threshold: number;
  /** The card's own. */
  readonly isDefault: boolean;
  /** Of pictures that are abnormal otherwise, the share that is not called pneumonia. */
  readonly otherSpecificity: Interval | null;
}

/** Rates are of patients that did not choose the threshold. */
export interface RefittedPoint extends JudgedPoint {
  /** The same threshold as a logit of the network. */
  readonly logit: number;
  readonly promised: Promised | null;
}

/** A sentence for whoever decides, the gravest first. */
export interface Finding {
  readonly grade: 'stop' | 'care' | 'fine';
  readonly text: string;
}
