import { type CautionCode, cautions, refusals } from '@lucency/contracts';
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

/** Figures of each group, and where the evidence of pneumonias lies, as aligned lines. */
export function groupLines({ models = [] }: EvaluationReport): string[] {
  const short = ({ value, low, high }: Interval) =>
    `${value.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`.padEnd(21);
  const width = 48;
  return models.flatMap(({ sets, lungs, boxes }) => [
    '',
    `${'images'.padEnd(width)}     n  ${'AUC'.padEnd(21)}${'sensitivity'.padEnd(21)}specificity`,
    ...Object.entries(sets).map(
      ([
        name,
        {
          images,
          intervals: { auc, sensitivity, specificity },
        },
      ]) =>
        `${name.padEnd(width)}${String(images).padStart(6)}  ${short(auc)}${short(sensitivity)}${short(specificity)}`.trimEnd(),
    ),
    '',
    `${'pneumonias'.padEnd(width)}     n  ${'peak in lungs'.padEnd(21)}${'evidence in lungs'.padEnd(21)}lungs cover`,
    ...lungs.map(
      ({ name, images, peakInLungs, energyInLungs, areaOfLungs }) =>
        `${name.padEnd(width)}${String(images).padStart(6)}  ${short(peakInLungs)}${short(energyInLungs)}${areaOfLungs.toFixed(3)}`,
    ),
    ...(boxes.length === 0
      ? []
      : [
          '',
          `${'opacities marked'.padEnd(width)}     n  ${'peak in one'.padEnd(21)}evidence in them over their area`,
        ]),
    ...boxes.map(
      ({ name, images, hit, energy, area }) =>
        `${name.padEnd(width)}${String(images).padStart(6)}  ${short(hit)}${(area > 0 ? energy / area : 0).toFixed(2)}`,
    ),
  ]);
}

/** How many images were refused for which reason, and how many were read with which caution. */
export function refusalLines({
  refusals: refused = {},
  cautions: cautioned = {},
}: EvaluationReport): string[] {
  const sentences: Record<string, string> = { ...refusals, ...cautions };
  const unlike: CautionCode = 'UNLIKE_TRAINING';
  const share = cautioned[unlike];
  return [
    '',
    `unlike training    ${share ? `${(share.value * 100).toFixed(1)} % of the images read` : 'none'}`,
    ...Object.entries(refused).map(
      ([code, count]) => `  ${String(count).padStart(6)}  ${code}: ${sentences[code] ?? ''}`,
    ),
  ];
}
