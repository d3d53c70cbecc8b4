import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Load } from '../loads/load.ts';
import type { Target } from '../platform/target.ts';

export interface K6Run {
  k6: string;
  load: Load;
  minutes: number;
  /** Studies a second. */
  capacity: number;
  target: Target;
  /** Begins the patient references of this run. */
  run: string;
  pictures: string;
  journalFile: string;
  summaryFile: string;
  /** Whether k6 shows its progress. */
  quiet: boolean;
}

/** After the load's own time: for the last iterations, k6's start and its summary. */
const graceMs = 360_000;

/** What k6 ends with when all went well, and when only thresholds were missed. */
const judged = [0, 99];

const script = path.join(import.meta.dirname, '../../k6/main.ts');

const endings: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** Runs the load to its end. @throws when k6 could not do it */
export async function runK6(run: K6Run): Promise<void> {
  // Any free port: another k6 may run on this machine.
  const args = [
    'run',
    '--no-usage-report',
    '--address',
    'localhost:0',
    '--console-output',
    run.journalFile,
    '--log-format',
    'raw',
  ];
  if (run.quiet) args.push('--quiet');
  const child = spawn(run.k6, [...args, script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      LOAD_NAME: run.load.name,
      LOAD_URL: run.target.url,
      LOAD_RUN: run.run,
      LOAD_MINUTES: String(run.minutes),
      LOAD_CAPACITY: String(run.capacity),
      LOAD_TOKENS: JSON.stringify(run.target.tokenRequests),
      LOAD_PICTURES: run.pictures,
      LOAD_SUMMARY: run.summaryFile,
    },
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), run.minutes * 60_000 + graceMs);
  // Whoever ends us ends the load, too; what was started for it is stopped then.
  let endedBy: NodeJS.Signals | null = null;
  const passOn = (signal: NodeJS.Signals) => {
    endedBy = signal;
    child.kill(signal);
  };
  for (const signal of endings) process.on(signal, passOn);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => {
    clearTimeout(deadline);
    for (const signal of endings) process.off(signal, passOn);
  });
  if (endedBy) throw new Error(`ended by ${endedBy}; nothing was judged`);
  if (code === null) throw new Error('k6 did not end in time, or was ended by someone else');
  if (!judged.includes(code)) throw new Error(`k6 ended with exit code ${code}`);
}
