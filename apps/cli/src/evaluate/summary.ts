import type { EvaluationReport, Interval } from '@lucency/model/card';

/** The report for people, as aligned lines. */
export function summaryLines(report: EvaluationReport): string[] {
  const { confusion, intervals } = report;
  const { tp, fp, tn, fn } = confusion;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const shares = ({ value, low, high }: Interval) =>
    `${percent(value).padEnd(8)} ${(low * 100).toFixed(1)} to ${percent(high)}`;
  const plain = ({ value, low, high }: Interval) =>
    `${value.toFixed(4).padEnd(8)} ${low.toFixed(4)} to ${high.toFixed(4)}`;
  const rows: [string, string][] = [
    ['model', `${report.modelId} on ${report.engine}`],
    ['images', `${report.n} read, ${report.refused} refused; ${report.patients} patients`],
    ['', 'value    95 % interval over patients'],
    ['AUC', plain(intervals.auc)],
    ['accuracy', shares(intervals.accuracy)],
    ['sensitivity', `${shares(intervals.sensitivity)}  (${tp} of ${tp + fn} with pneumonia found)`],
    ['specificity', `${shares(intervals.specificity)}  (${tn} of ${tn + fp} normals left alone)`],
    ['precision', `${shares(intervals.precision)}  (${percent(report.prior)} of the images have pneumonia)`],
    ['F1', plain(intervals.f1)],
    ['calibration error', plain(intervals.ece)],
    ['threshold', report.threshold.toFixed(4)],
    ['time', `${report.millisecondsPerImage.toFixed(1)} ms an image`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(18)} ${value}`);
}
