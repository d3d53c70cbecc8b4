import { cautions, refusals } from '@lucency/contracts';
import type { Interval } from '@lucency/model/card';
import type {
  AcceptanceReport,
  CalibrationFigures,
  JudgedPoint,
  RefittedPoint,
} from './acceptance-report.js';
import type { DrawnSize, Spread } from './draws.js';
import { percent, range } from './findings.js';

export function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function casesTable({ cases }: AcceptanceReport): string {
  const { files, refused, images, patients, textMined } = cases;
  return table(
    ['', 'images', 'patients'],
    [
      ['pneumonia', String(images.pneumonia), String(patients.pneumonia)],
      ['normal', String(images.normal), String(patients.normal)],
      ['abnormal otherwise, judged apart', String(images.otherAbnormal), ''],
      ['label found by a program alone, left out', String(textMined), ''],
      ['refused', `${refused} of ${files}`, ''],
    ],
  );
}

export function pointsTable(
  points: readonly (JudgedPoint | RefittedPoint)[],
  { prevalence, cases }: AcceptanceReport,
): string {
  const refitted = points.some((point) => 'promised' in point);
  const others = cases.images.otherAbnormal > 0;
  const at = percent(prevalence.value);
  return table(
    [
      'Purpose',
      'Threshold',
      'Sensitivity',
      'Specificity',
      ...(others ? ['Other abnormal left alone'] : []),
      `PPV at ${at}`,
      `NPV at ${at}`,
      ...(refitted ? ['Promised'] : []),
    ],
    points.map((point) => [
      point.isDefault ? `${point.purpose} (default)` : point.purpose,
      point.threshold.toPrecision(3),
      share(point.sensitivity),
      share(point.specificity),
      ...(others ? [point.otherSpecificity ? share(point.otherSpecificity) : ''] : []),
      point.ppv ? share(point.ppv) : 'none called',
      point.npv ? share(point.npv) : 'none called',
      ...('promised' in point ? [promisedCell(point)] : []),
    ]),
  );
}

function promisedCell({ promised }: RefittedPoint): string {
  if (!promised) return 'nothing asked';
  const { rate, atLeast, asked, needed, patients } = promised;
  const least = `${rate} ${percent(atLeast)} or more`;
  return atLeast >= asked
    ? least
    : `${least}<small class="why">not the ${percent(asked)} asked: ${needed} patients needed, ${patients} there</small>`;
}

export function calibrationTable({ card, site }: AcceptanceReport): string {
  const row = (name: string, { error, logLoss, meanProbability, observedRate }: CalibrationFigures) => [
    name,
    `${error.value.toFixed(3)}<small>${range(error)}</small>`,
    logLoss.toFixed(3),
    percent(meanProbability),
    percent(observedRate),
  ];
  return table(
    ['', 'Calibration error', 'Cross-entropy', 'Said on average', 'True'],
    [row("the card's", card.calibration), row("the site's", site.calibration)],
  );
}

export function conformalTable({ site }: AcceptanceReport): string {
  return table(
    ['Coverage', 'Claims normal below', 'Claims pneumonia from'],
    site.conformal.map(({ coverage, normalUpTo, pneumoniaFrom }) => {
      const [below, from] = [Math.min(normalUpTo, pneumoniaFrom), Math.max(normalUpTo, pneumoniaFrom)];
      return [
        percent(coverage),
        below > 0 ? below.toPrecision(3) : 'never: too few pneumonias',
        from < 1 ? from.toPrecision(3) : 'never: too few normals',
      ];
    }),
  );
}

export function evidenceTable({ evidence }: AcceptanceReport): string {
  const lungs = evidence.lungs.map(({ images, peakInLungs, peakAtEdge, energyInLungs, areaOfLungs }) => [
    'lungs',
    String(images),
    share(peakInLungs),
    share(energyInLungs),
    percent(areaOfLungs),
    `${share(peakAtEdge)}`,
  ]);
  const boxes = evidence.boxes.map(({ images, hit, energy, area }) => [
    'opacities that were marked',
    String(images),
    share(hit),
    percent(energy),
    percent(area),
    '',
  ]);
  return table(
    [
      'In',
      'images',
      'strongest evidence',
      'share of the evidence',
      'share of the picture',
      'strongest in the outer 12 %',
    ],
    [...lungs, ...boxes],
  );
}

export function reasonsTable(report: Pick<AcceptanceReport, 'refusals' | 'cautions'>): string {
  const sentences: Record<string, string> = { ...refusals, ...cautions };
  const why = (code: string) => `<div>${escaped(sentences[code] ?? code)}</div>`;
  const rows = [
    ...Object.entries(report.refusals).map(([code, count]) => ['refused', String(count), why(code)]),
    ...Object.entries(report.cautions).map(([code, of]) => ['caution', share(of), why(code)]),
  ];
  return rows.length > 0 ? table(['', 'images', ''], rows) : '<p>None.</p>';
}

export function drawsTable(draws: readonly DrawnSize[]): string {
  const spread = ({ low, middle, high }: Spread) =>
    `${percent(middle)}<small>${low.toFixed(2)}-${high.toFixed(2)}</small>`;
  return table(
    [
      'Cases',
      'balanced: sensitivity',
      'specificity',
      'screening: promised',
      'sensitivity',
      'specificity',
      'rule-in: promised',
      'sensitivity',
      'specificity',
    ],
    draws.map(({ cases, points: { balanced, screening, 'rule-in': ruleIn } }) => [
      `${cases / 2} + ${cases / 2}`,
      spread(balanced.sensitivity),
      spread(balanced.specificity),
      percent(screening.promised ?? 0),
      spread(screening.sensitivity),
      spread(screening.specificity),
      percent(ruleIn.promised ?? 0),
      spread(ruleIn.sensitivity),
      spread(ruleIn.specificity),
    ]),
  );
}

function share(interval: Interval): string {
  return `${percent(interval.value)}<small>${range(interval)}</small>`;
}

/** Cells are HTML already. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<div class="scroll"><table>\n<thead>${line(header, 'th')}</thead>\n<tbody>\n${rows
    .map((row) => line(row, 'td'))
    .join('\n')}\n</tbody>\n</table></div>`;
}
