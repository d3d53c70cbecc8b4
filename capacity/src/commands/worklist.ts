import { readOptions } from '@lucency/command-line';
import { type EvaluationReport, locateModel, readReport } from '@lucency/model/card';
import { drawStudies } from '../worklist/draw-studies.js';
import { firstCome, type ReadingOrder, urgency, urgencyWithCeiling } from '../worklist/orders.js';
import { readInOrder } from '../worklist/read-in-order.js';
import { readShift } from '../worklist/shifts.js';
import { classes, waitsOf } from '../worklist/waits.js';

export const worklistUsage = `npm run capacity -- worklist [options]
    simulates readers at a worklist in three orders: first come, urgency, and urgency with a ceiling of waiting;
    prints how long studies wait until a reader begins, by class, in minutes

  --studies-per-day 300   --days 5           arrivals follow the day's curve of the other simulations
  --stat-share 0.08       --pneumonia-share 0.15
  --shift           HH:MM-HH:MM of one reader each day, repeatable; 08:00-17:00 twice and 13:00-20:00 unless given
  --reading-minutes 4     --reading-spread 0.6   median, and deviation of the logarithm (assumed)
  --ceiling 120,240,480   minutes, one table row for each
  --seed 1
`;

interface Row {
  order: string;
  read: ReturnType<typeof readInOrder>;
}

export async function worklist(args: string[]): Promise<void> {
  const { values } = readOptions({
    args,
    options: {
      'studies-per-day': { type: 'string', default: '300' },
      days: { type: 'string', default: '5' },
      'stat-share': { type: 'string', default: '0.08' },
      'pneumonia-share': { type: 'string', default: '0.15' },
      shift: { type: 'string', multiple: true, default: ['08:00-17:00', '08:00-17:00', '13:00-20:00'] },
      'reading-minutes': { type: 'string', default: '4' },
      'reading-spread': { type: 'string', default: '0.6' },
      ceiling: { type: 'string', default: '120,240,480' },
      seed: { type: 'string', default: '1' },
    },
  });
  const demand = {
    studiesPerDay: number('studies-per-day', values['studies-per-day'], 1, 5_000),
    days: number('days', values.days, 1, 60),
    statShare: number('stat-share', values['stat-share'], 0, 1),
    pneumoniaShare: number('pneumonia-share', values['pneumonia-share'], 0, 1),
    reading: {
      medianSeconds: number('reading-minutes', values['reading-minutes'], 0.1, 240) * 60,
      spread: number('reading-spread', values['reading-spread'], 0, 3),
    },
  };
  const shifts = values.shift.map(readShift);
  const ceilings = values.ceiling.split(',').map((text) => number('ceiling', text, 1, 43_200));
  const seed = number('seed', values.seed, 0, 2 ** 32 - 1);
  const report = await shippedReport();
  const studies = drawStudies(demand, report.roc, seed);

  const orders: [string, ReadingOrder][] = [
    ['first come', firstCome],
    ['urgency', urgency],
    ...ceilings.map((minutes): [string, ReadingOrder] => [
      `ceiling ${minutes} min`,
      urgencyWithCeiling(minutes * 60),
    ]),
  ];
  const rows = orders.map(([order, first]): Row => ({ order, read: readInOrder(studies, shifts, first) }));
  const busy = studies.reduce((sum, { readingSeconds }) => sum + readingSeconds, 0);
  const there = shifts.reduce((sum, { start, end }) => sum + end - start, 0) * demand.days;
  process.stdout.write(`${studies.length} studies in ${demand.days} days, readers busy ${Math.round((busy / there) * 100)} % of their shifts, seed ${seed}
ranked as by ${report.modelId} (AUC ${report.auc.toFixed(3)}, the curve of its report); minutes until a reader begins

${table(rows)}
`);
}

/** @throws where the shipped model has no report */
async function shippedReport(): Promise<EvaluationReport> {
  const report = await readReport(await locateModel());
  if (!report) throw new Error('the shipped model has no report, whose ROC curve this takes');
  return report;
}

function table(rows: readonly Row[]): string {
  const head = ['class', 'order', 'studies', 'mean', 'median', 'p90', 'p95', 'longest'];
  const lines = classes.flatMap((of) =>
    rows.map(({ order, read }) => {
      const { studies, ...minutes } = waitsOf(read, of);
      return [of, order, String(studies), ...Object.values(minutes).map((wait) => wait.toFixed(0))];
    }),
  );
  const widths = head.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const aligned = (cells: readonly string[]) =>
    cells.map((cell, column) =>
      column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return [head, ...lines].map((cells) => aligned(cells).join('  ')).join('\n');
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new Error(`--${name} takes a number from ${least} to ${most}, not ${text}`);
  return value;
}
