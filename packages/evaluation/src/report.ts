import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type EngineName,
  type EvaluationReport,
  evaluationReport,
  type ModelCard,
  type ReportSections,
  reportFileName,
} from '@lucency/model/card';
import type { Resampling } from '@lucency/statistics';
import { precisionRecallBand, reliabilityWithIntervals, rocBand } from './bands.js';
import { confusionAt, type ScoredImage } from './confusion.js';
import { figuresOf, figuresWithIntervals, rounded } from './figures.js';
import { readableJson } from './json.js';
import { modelCardText } from './model-card-text.js';
import { drawConfusion } from './plots/confusion.js';
import { drawPrecisionRecall, drawRoc } from './plots/curves.js';
import { drawDisturbances } from './plots/disturbances.js';
import { drawLearningCurves } from './plots/learning-curves.js';
import { drawReliability } from './plots/reliability.js';
import { type EvaluatedFile, predictionsCsv } from './predictions.js';

export interface ReportContent {
  readonly card: ModelCard;
  readonly engine: EngineName;
  readonly rows: readonly EvaluatedFile[];
  /** What only a training run knows. */
  readonly sections?: ReportSections;
  /** What the images are, in words that go on "Measured on". */
  readonly measuredOn?: string;
  readonly resampling?: Resampling;
}

export interface WrittenReport {
  readonly report: EvaluationReport;
  readonly fileNames: readonly string[];
}

/** Writes report.json, predictions.csv, MODEL_CARD.md and every plot that there is something for. */
export async function writeReport(directory: string, content: ReportContent): Promise<WrittenReport> {
  const report = composeReport(content);
  const files = reportFiles(report, content);
  await mkdir(directory, { recursive: true });
  for (const [name, file] of files) await writeFile(join(directory, name), file);
  return { report, fileNames: [...files.keys()] };
}

/** Every figure of the report. Throws where a section is not what the report may hold. */
export function composeReport({ card, engine, rows, sections, resampling }: ReportContent): EvaluationReport {
  const scored: ScoredImage[] = rows.flatMap(({ label, patient, probability }) =>
    probability === null ? [] : [{ label: label === 'PNEUMONIA' ? 1 : 0, patient, probability }],
  );
  const { auc, accuracy, sensitivity, specificity, precision, f1, ece } = figuresOf(scored, card.threshold);
  const { patients, prior, intervals } = figuresWithIntervals(scored, card.threshold, resampling);
  const milliseconds = rows.reduce((sum, row) => sum + row.milliseconds, 0);
  return evaluationReport.parse({
    n: scored.length,
    auc: rounded(auc),
    accuracy: rounded(accuracy),
    sensitivity: rounded(sensitivity),
    specificity: rounded(specificity),
    precision: rounded(precision),
    f1: rounded(f1),
    ece: rounded(ece),
    threshold: card.threshold,
    refused: rows.length - scored.length,
    engine,
    modelId: card.id,
    confusion: confusionAt(scored, card.threshold),
    patients,
    prior,
    millisecondsPerImage: rounded(rows.length > 0 ? milliseconds / rows.length : 0),
    intervals,
    ...sections,
    roc: rocBand(scored, resampling),
    precisionRecall: precisionRecallBand(scored, resampling),
    reliability: reliabilityWithIntervals(scored, resampling),
  });
}

/** By file name. */
export function reportFiles(
  report: EvaluationReport,
  { card, rows, measuredOn }: ReportContent,
): ReadonlyMap<string, string> {
  const { sets, epochs } = report;
  return new Map([
    [reportFileName, `${readableJson(report)}\n`],
    ['predictions.csv', predictionsCsv(rows, report.threshold)],
    ['MODEL_CARD.md', modelCardText(card, report, measuredOn)],
    ['roc.svg', drawRoc(report)],
    ['precision-recall.svg', drawPrecisionRecall(report)],
    ['reliability.svg', drawReliability(report)],
    ['confusion.svg', drawConfusion(report.confusion)],
    ...(sets && Object.keys(sets).length > 0
      ? ([['disturbances.svg', drawDisturbances(sets)]] as const)
      : []),
    ...(epochs && epochs.length > 0 ? ([['learning-curves.svg', drawLearningCurves(epochs)]] as const) : []),
  ]);
}
