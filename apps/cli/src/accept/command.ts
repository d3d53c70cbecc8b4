import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine, showProgress } from '@lucency/command-line';
import { refusals } from '@lucency/contracts';
import {
  type AcceptanceReport,
  answered,
  asAnswered,
  casesThatJudge,
  drawSizes,
  judgeCases,
  pointFor,
  writeAcceptance,
} from '@lucency/evaluation';
import { openReadings } from '../cases/kept-readings.js';
import { labelledImages } from '../cases/labelled-images.js';
import { readCases } from '../cases/read-cases.js';
import { withoutTwins } from '../cases/without-twins.js';
import { engineOption } from '../engine-option.js';
import { fromHere } from '../paths.js';
import { openReader } from '../reader.js';
import { InputError } from '../usage.js';
import { oneOf, share, wholeNumbers } from './options.js';
import { acceptanceLines } from './summary.js';
import { acceptUsage } from './usage.js';

/** @returns the exit code. */
export async function accept(args: string[]): Promise<number> {
  const { values } = commandLine(acceptUsage, {
    args,
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      prevalence: { type: 'string' },
      purpose: { type: 'string' },
      sensitivity: { type: 'string' },
      specificity: { type: 'string' },
      labels: { type: 'string' },
      masks: { type: 'string' },
      draws: { type: 'string' },
      sizes: { type: 'string' },
      engine: { type: 'string' },
    },
  });
  if (values.data === undefined) throw new InputError('Name the images to accept the model on with --data.');
  const purpose = oneOf('--purpose', values.purpose ?? 'balanced', ['balanced', 'screening', 'rule-in']);
  const labels = oneOf('--labels', values.labels ?? 'people', ['people', 'any']);
  const asked = {
    sensitivity: share('--sensitivity', values.sensitivity ?? '0.95'),
    specificity: share('--specificity', values.specificity ?? '0.95'),
  };
  const prevalence = values.prevalence === undefined ? undefined : share('--prevalence', values.prevalence);
  const [draws = 0] = wholeNumbers('--draws', values.draws ?? '0');
  const sizes = wholeNumbers('--sizes', values.sizes ?? '20,50,100,200');
  const engine = engineOption(values.engine);
  const { files, notes } = await withoutTwins(await labelledImages(values.data));
  for (const note of notes) console.error(note);

  const folder = values.out === undefined ? undefined : fromHere(values.out);
  if (folder) await mkdir(folder, { recursive: true });
  const reader = await openReader(engine);
  try {
    const kept = folder ? await openReadings(join(folder, 'readings.json'), reader.engine) : undefined;
    const masks = values.masks === undefined ? undefined : fromHere(values.masks);
    const progress = showProgress(process.stderr);
    const { cases, unread } = await readCases(files, reader, { progress, masks, kept });
    await kept?.write();
    for (const { file, why } of unread) console.error(`${file}: ${why}`);
    for (const { file, refused } of cases)
      if (refused !== null) console.error(`${file}: ${sentenceOf(refused)}`);
    const { card } = reader;
    const judged = judgeCasesOr(() =>
      judgeCases(cases, { card, engine: reader.engine.name, asked, prevalence, labels }),
    );
    const { judging } = casesThatJudge(answered(cases), labels);
    const report: AcceptanceReport = {
      ...judged,
      ...(draws > 0
        ? { draws: drawSizes(asAnswered(judging), { card: card.calibration, asked, sizes, draws }) }
        : {}),
    };
    console.log(acceptanceLines(report, pointFor(report, purpose)).join('\n'));
    if (folder)
      console.log(
        `\nSaved ${(await writeAcceptance(folder, report, { card, purpose })).join(', ')} in ${folder}`,
      );
    return unread.length > 0 ? 1 : 0;
  } finally {
    await reader.close();
  }
}

/** What makes cases unfit to judge by is the person's to mend. */
function judgeCasesOr(judge: () => AcceptanceReport): AcceptanceReport {
  try {
    return judge();
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

function sentenceOf(code: string): string {
  const sentences: Record<string, string> = refusals;
  return sentences[code] ?? code;
}
