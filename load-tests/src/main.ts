import path from 'node:path';
import { help } from '@lucency/command-line';
import { freshTarget, runningTarget } from './platform/local.ts';
import { remoteTarget } from './platform/remote.ts';
import type { Target } from './platform/target.ts';
import { readReport } from './report/report.ts';
import {
  type JudgeArguments,
  type LoadArguments,
  type Platform,
  readArguments,
  usage,
} from './runner/arguments.ts';
import { findK6 } from './runner/find-k6.ts';
import { judgeJournals } from './runner/judge-journals.ts';
import { perform } from './runner/perform.ts';

/** `npm run load -- LOAD ...` */
const say = (text: string) => process.stderr.write(`  ${text}\n`);
const folder = path.join(import.meta.dirname, '..');

async function targetOf(platform: Platform): Promise<Target> {
  if (platform.is === 'fresh') return freshTarget(say);
  if (platform.is === 'remote') return remoteTarget(platform);
  const running = runningTarget(platform.home);
  if (running) return running;
  throw new Error(`Nothing runs on ${platform.home}. Start it with \`npm start\`, or give --fresh or --url.`);
}

/** @returns the exit code */
async function run(wanted: LoadArguments | JudgeArguments): Promise<number> {
  const k6 = wanted.is === 'load' ? await findK6(say) : '';
  const target = await targetOf(wanted.platform);
  try {
    if (wanted.is === 'judge') {
      const { passed, text } = await judgeJournals(target, wanted.journals);
      process.stdout.write(`${text}\n`);
      return passed ? 0 : 1;
    }
    const earlier = wanted.compareWith ? await readReport(wanted.compareWith) : undefined;
    const quiet = !process.stdout.isTTY;
    const { report, text, page } = await perform({ ...wanted, target, k6, folder, earlier, quiet, say });
    process.stdout.write(`\n${text}\n\n${page}\n`);
    return report.passed ? 0 : 1;
  } finally {
    await target.close();
  }
}

help(usage, process.argv.slice(2));
let wanted: LoadArguments | JudgeArguments;
try {
  wanted = readArguments(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(2);
}
try {
  process.exit(await run(wanted));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(2);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
