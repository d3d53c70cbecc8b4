import type { EvaluationReport } from '@lucency/training';

/** The report for people, as aligned lines. */
export function summaryLines(report: EvaluationReport): string[] {
  const { tp, fp, tn, fn } = report.confusion;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const rows: [string, string][] = [
    ['model', `${report.modelId} on ${report.engine}`],
    ['images', `${report.n} read, ${report.refused} refused`],
    ['AUC', report.auc.toFixed(4)],
    ['accuracy', percent(report.accuracy)],
    ['sensitivity', `${percent(report.sensitivity)}  (${tp} of ${tp + fn} with pneumonia found)`],
    ['specificity', `${percent(report.specificity)}  (${tn} of ${tn + fp} normals left alone)`],
    ['precision', percent(report.precision)],
    ['F1', report.f1.toFixed(4)],
    ['calibration error', report.ece.toFixed(4)],
    ['threshold', report.threshold.toFixed(4)],
    ['time', `${report.millisecondsPerImage.toFixed(1)} ms an image`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(18)} ${value}`);
}
