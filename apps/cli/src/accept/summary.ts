import type { AcceptanceReport, OperatingPointFile } from '@lucency/evaluation';
import { drawsMarkdown } from '@lucency/evaluation';
import type { Interval } from '@lucency/model/card';

const grades = { stop: 'STOP', care: 'CAUTION', fine: 'fine' } as const;

/** The acceptance for people, as aligned lines: what was found, then the points, then what was saved. */
export function acceptanceLines(report: AcceptanceReport, saved: OperatingPointFile): string[] {
  const short = ({ value, low, high }: Interval) =>
    `${value.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`.padEnd(22);
  const points = [
    ...report.card.points.map((point) => ({ ...point, whose: 'card' })),
    ...report.site.points.map((point) => ({ ...point, whose: 'refitted' })),
  ];
  return [
    `${report.modelId} on ${report.engine}`,
    '',
    ...report.findings.map(({ grade, text }) => `${grades[grade].padEnd(9)}${text}`),
    '',
    `${'operating point'.padEnd(22)}${'threshold'.padEnd(11)}${'sensitivity'.padEnd(22)}${'specificity'.padEnd(22)}PPV, NPV`,
    ...points.map(
      ({ whose, purpose, threshold, sensitivity, specificity, ppv, npv }) =>
        `${`${whose}, ${purpose}`.padEnd(22)}${threshold.toPrecision(3).padEnd(11)}${short(sensitivity)}${short(specificity)}` +
        `${ppv?.value.toFixed(3) ?? 'none called'}, ${npv?.value.toFixed(3) ?? 'none called'}`,
    ),
    ...(report.draws ? ['', drawsMarkdown(report.draws)] : []),
    '',
    `For ${saved.purpose}, ${saved.modelId} is to be read here with a threshold of ${saved.threshold.toPrecision(3)}.`,
  ];
}
