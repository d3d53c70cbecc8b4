import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { judgeRun } from '../checks/index.ts';
import { readSummary } from '../evidence/summary.ts';
import { watchProcesses } from '../evidence/watch-processes.ts';
import { judge } from '../journal/oracle.ts';
import { only, readJournal } from '../journal/read-journal.ts';
import { recordedStudies, untilSettled } from '../journal/recorded.ts';
import type { Load } from '../loads/load.ts';
import { checkAnswers, clientsOf } from '../platform/participant.ts';
import type { Target } from '../platform/target.ts';
import { compare } from '../report/compare.ts';
import { renderPage } from '../report/html.ts';
import { plotsOf } from '../report/plots.ts';
import { type Report, reportOf } from '../report/report.ts';
import { renderText } from '../report/text.ts';
import { drawPictures } from './pictures.ts';
import { runK6 } from './run-k6.ts';

export interface Performance {
  load: Load;
  minutes: number;
  /** Studies a second. */
  capacity: number;
  target: Target;
  k6: string;
  /** Where pictures and reports are kept. */
  folder: string;
  earlier?: Report | undefined;
  quiet: boolean;
  say(text: string): void;
}

export interface Performed {
  report: Report;
  /** For a terminal. */
  text: string;
  /** The page; the report as JSON and the journal lie beside it. */
  page: string;
}

/** How long a backlog may take to be worked off before what is left of it counts as having no end. */
export const settleMs = 300_000;

/** One load from the first picture to the verdict. */
export async function perform(performance: Performance): Promise<Performed> {
  const { load, minutes, capacity, target, k6, folder, earlier, say } = performance;
  say(`asking ${target.url}`);
  await checkAnswers(target);
  say('drawing chests');
  const pictures = path.join(folder, 'pictures');
  await drawPictures(pictures);

  const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${load.name}`;
  const reports = path.join(folder, 'reports');
  await mkdir(reports, { recursive: true });
  const file = (ending: string) => path.join(reports, `${name}.${ending}`);
  const run = `LOAD-${randomBytes(6).toString('hex')}`;

  say(`${load.name} for ${minutes} min: ${load.about}`);
  const watch = watchProcesses(target.pids);
  await runK6({
    ...performance,
    run,
    pictures,
    journalFile: file('journal.jsonl'),
    summaryFile: file('k6.json'),
  }).finally(() => watch.stop());

  say('asking the platform for every study in the journal');
  const clients = clientsOf(target);
  await untilSettled(clients, run, settleMs);
  const entries = await readJournal(file('journal.jsonl'));
  const recorded = await recordedStudies(clients, run);
  const evidence = {
    load,
    minutes,
    startedAt: only(entries, 'began')[0]?.at ?? Number.NaN,
    entries,
    recorded,
    oracle: judge(entries, recorded),
    summary: await readSummary(file('k6.json')),
    processes: watch.samples,
  };
  const report = reportOf(evidence, judgeRun(evidence), {
    capacity,
    machine: `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'} run the generator`,
    k6: execFileSync(k6, ['version'], { encoding: 'utf8' }).trim(),
  });
  const comparison = earlier && { with: earlier, rows: compare(earlier, report) };
  await writeFile(file('json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(file('html'), renderPage({ report, plots: plotsOf(evidence), comparison }));
  return { report, text: renderText(report, comparison?.rows), page: file('html') };
}
