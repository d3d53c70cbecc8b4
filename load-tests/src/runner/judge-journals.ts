import { nothingLost } from '../checks/nothing-lost.ts';
import type { Entry } from '../journal/entry.ts';
import { judge } from '../journal/oracle.ts';
import { only, readJournal } from '../journal/read-journal.ts';
import { recordedStudies, untilSettled } from '../journal/recorded.ts';
import { clientsOf } from '../platform/participant.ts';
import type { Target } from '../platform/target.ts';
import { columns } from '../report/text.ts';
import { settleMs } from './perform.ts';

/** The oracle alone, for journals that were written elsewhere, as by the runners of a cluster. */
export async function judgeJournals(
  target: Target,
  files: readonly string[],
): Promise<{ passed: boolean; text: string }> {
  const entries = (await Promise.all(files.map(readJournal))).flat();
  const run = runOf(entries);
  const clients = clientsOf(target);
  await untilSettled(clients, run, settleMs);
  const verdict = nothingLost({ oracle: judge(entries, await recordedStudies(clients, run)) });
  const rows = verdict.map(({ ok, what, wanted, measured }) => [
    ok ? 'met' : 'MISSED',
    what,
    wanted,
    measured,
  ]);
  return {
    passed: verdict.every(({ ok }) => ok),
    text: columns([['', 'what', 'wanted', 'measured'], ...rows]),
  };
}

/** What the patient references of a run begin with. @throws when the journals are of several runs, or of none */
export function runOf(entries: readonly Entry[]): string {
  const runs = new Set(only(entries, 'acknowledged').map(({ key }) => key.slice(0, key.lastIndexOf('-'))));
  const [run, ...others] = runs;
  if (run === undefined) throw new Error('No study was acknowledged in these journals.');
  if (others.length > 0) throw new Error(`These journals are of several runs: ${[...runs].join(', ')}.`);
  return run;
}
