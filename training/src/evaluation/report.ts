import type { EngineName } from '@lucency/model/card';
import type { Label } from '../dataset/read-data-set.js';
import {
  areaUnderRoc,
  type Confusion,
  calibrationError,
  confusionAt,
  rates,
  type Scored,
} from './metrics.js';
import { drawConfusion, drawPrecisionRecall, drawReliability, drawRoc } from './plots.js';

/** What became of one file. */
export interface EvaluatedFile {
  readonly file: string;
  readonly label: Label;
  /** Calibrated; null where the image was refused. */
  readonly probability: number | null;
  /** The reason's code; null where it was read. */
  readonly refused: string | null;
  readonly milliseconds: number;
}

export interface EvaluationReport {
  /** Images read; refused ones are counted apart and enter no other figure. */
  readonly n: number;
  readonly auc: number;
  readonly accuracy: number;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly precision: number;
  readonly f1: number;
  readonly ece: number;
  readonly threshold: number;
  readonly refused: number;
  readonly engine: EngineName;
  readonly modelId: string;
  readonly confusion: Confusion;
  readonly millisecondsPerImage: number;
}

export interface Evaluation {
  readonly report: EvaluationReport;
  /** By file name: report.json, predictions.csv, roc.svg, precision-recall.svg, calibration.svg, confusion.svg. */
  readonly files: ReadonlyMap<string, string>;
}

export interface EvaluatedModel {
  readonly modelId: string;
  readonly engine: EngineName;
  readonly threshold: number;
}

/** Figures, plots and table of an evaluation; writes nothing. */
export function evaluate(rows: readonly EvaluatedFile[], model: EvaluatedModel): Evaluation {
  const scored: Scored[] = rows.flatMap(({ label, probability }) =>
    probability === null ? [] : [{ label: label === 'PNEUMONIA' ? 1 : 0, probability }],
  );
  const confusion = confusionAt(scored, model.threshold);
  const milliseconds = rows.reduce((sum, row) => sum + row.milliseconds, 0);
  const auc = areaUnderRoc(scored);
  const { accuracy, sensitivity, specificity, precision, f1 } = rates(confusion);
  const report: EvaluationReport = {
    n: scored.length,
    auc: rounded(auc),
    accuracy: rounded(accuracy),
    sensitivity: rounded(sensitivity),
    specificity: rounded(specificity),
    precision: rounded(precision),
    f1: rounded(f1),
    ece: rounded(calibrationError(scored)),
    threshold: model.threshold,
    refused: rows.length - scored.length,
    engine: model.engine,
    modelId: model.modelId,
    confusion,
    millisecondsPerImage: rounded(rows.length > 0 ? milliseconds / rows.length : 0),
  };
  const files = new Map([
    ['report.json', `${JSON.stringify(report, null, 2)}\n`],
    ['predictions.csv', predictionsCsv(rows, model.threshold)],
    ['roc.svg', drawRoc(scored, model.threshold)],
    ['precision-recall.svg', drawPrecisionRecall(scored, model.threshold)],
    ['calibration.svg', drawReliability(scored)],
    ['confusion.svg', drawConfusion(confusion)],
  ]);
  return { report, files };
}

function predictionsCsv(rows: readonly EvaluatedFile[], threshold: number): string {
  const lines = rows.map(({ file, label, probability, refused, milliseconds }) => {
    const decision = probability === null ? '' : probability >= threshold ? 'PNEUMONIA' : 'NORMAL';
    const fields = [file, label, probability ?? '', decision, refused ?? '', milliseconds.toFixed(1)];
    return fields.map((field) => quoted(String(field))).join(',');
  });
  return ['file,label,probability,decision,refused,milliseconds', ...lines, ''].join('\n');
}

/** RFC 4180; a leading sign that a spreadsheet would take for a formula is kept as text. */
function quoted(field: string): string {
  const text = /^[=+@]|^-(?!\d)/.test(field) ? `'${field}` : field;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
