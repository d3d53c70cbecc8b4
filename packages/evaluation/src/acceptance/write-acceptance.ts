import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard, Purpose } from '@lucency/model/card';
import { readableJson } from '../json.js';
import { table } from '../markdown.js';
import type { AcceptanceReport } from './acceptance-report.js';
import type { DrawnSize, Spread } from './draws.js';
import { acceptanceHtml } from './html.js';
import { type OperatingPointFile, operatingPointFile, operatingPointFileName } from './operating-point.js';

/** The refitted operating point of a purpose, as `classify` and others can apply it. */
export function pointFor(report: AcceptanceReport, purpose: Purpose): OperatingPointFile {
  const point = report.site.points.find((each) => each.purpose === purpose);
  if (!point) throw new RangeError(`no operating point was fitted for ${purpose}`);
  const { modelId, engine, prevalence, cases, createdAt, site } = report;
  return operatingPointFile.parse({
    version: 1,
    kind: 'lucency-operating-point',
    modelId,
    engine,
    purpose,
    calibration: site.platt,
    threshold: point.threshold,
    conformal: site.conformal,
    prevalence,
    cases: {
      images: { normal: cases.images.normal, pneumonia: cases.images.pneumonia },
      patients: cases.patients,
    },
    rates: { sensitivity: point.sensitivity, specificity: point.specificity },
    promised: point.promised,
    createdAt,
  });
}

/** Writes report.html, report.json, operating-point.json and, where there were draws, draws.md. */
export async function writeAcceptance(
  directory: string,
  report: AcceptanceReport,
  { card, purpose }: { readonly card: Pick<ModelCard, 'intendedUse'>; readonly purpose: Purpose },
): Promise<string[]> {
  const files: readonly (readonly [string, string])[] = [
    ['report.html', acceptanceHtml(report, card)],
    ['report.json', `${readableJson(report)}\n`],
    [operatingPointFileName, `${readableJson(pointFor(report, purpose))}\n`],
    ...(report.draws?.length ? ([['draws.md', `${drawsMarkdown(report.draws)}\n`]] as const) : []),
  ];
  await mkdir(directory, { recursive: true });
  for (const [name, content] of files) await writeFile(join(directory, name), content);
  return files.map(([name]) => name);
}

/** The tables of docs/clinical/acceptance.md: the middle draw, and what 90 % of the draws lie between. */
export function drawsMarkdown(draws: readonly DrawnSize[]): string {
  const spread = ({ low, middle, high }: Spread) =>
    `${middle.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`;
  const promised = (value: number | null) => (value === null ? '' : value.toFixed(2));
  const cases = (size: DrawnSize) => `${size.cases / 2} + ${size.cases / 2}`;
  const rates = table(
    [
      'Pneumonias + normals',
      'balanced: sensitivity',
      'specificity',
      'screening promises',
      'sensitivity',
      'specificity',
      'rule-in promises',
      'sensitivity',
      'specificity',
    ],
    draws.map((size) => {
      const { balanced, screening, 'rule-in': ruleIn } = size.points;
      return [
        cases(size),
        spread(balanced.sensitivity),
        spread(balanced.specificity),
        promised(screening.promised),
        spread(screening.sensitivity),
        spread(screening.specificity),
        promised(ruleIn.promised),
        spread(ruleIn.sensitivity),
        spread(ruleIn.specificity),
      ];
    }),
  );
  const losses = table(
    ['Pneumonias + normals', 'cross-entropy: card', 'Platt alone', 'shrunk towards the card'],
    draws.map((size) => [
      cases(size),
      spread(size.loss.card),
      spread(size.loss.alone),
      spread(size.loss.site),
    ]),
  );
  return `${rates}\n\n${losses}`;
}
