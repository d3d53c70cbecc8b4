import { statfs } from 'node:fs/promises';
import type { NativeVariant } from './cache.js';
import { type Command, runs } from './commands.js';

/** The programs that the build runs, each with the words that it is called by. */
export interface Tools {
  readonly pip: Command;
}

/** One sentence for everything that is missing, each with what to do. */
export class CannotBuildError extends Error {
  override readonly name = 'CannotBuildError';
  readonly missing: readonly string[];
  constructor(missing: readonly string[]) {
    super(missing.join('\n'));
    this.missing = missing;
  }
}

/** Gigabytes while building; 0.7 and about 6 stay. */
const gigabytes: Record<NativeVariant, number> = { cpu: 2, gpu: 12 };

const pips: readonly Command[] = [['python3', '-m', 'pip'], ['pip3'], ['pip']];

/** @throws CannotBuildError that names all that is missing at once. */
export async function requireTools(environment: NodeJS.ProcessEnv): Promise<Tools> {
  const missing: string[] = [];
  if (process.platform !== 'linux' || process.arch !== 'x64')
    missing.push(`The build knows Linux on x64 only; this is ${process.platform} on ${process.arch}.`);
  const needed: [Command, string][] = [
    [['g++', '--version'], 'The compiler g++ is missing. On Debian or Ubuntu: apt-get install g++'],
    [['strip', '--version'], 'The program strip is missing. On Debian or Ubuntu: apt-get install binutils'],
    [['npm', '--version'], 'npm is missing: it comes with Node, see https://nodejs.org'],
  ];
  for (const [command, sentence] of needed) if (!(await runs(command, environment))) missing.push(sentence);
  let found: Command | undefined;
  for (const pip of pips) if (!found && (await runs([...pip, '--version'], environment))) found = pip;
  if (!found)
    missing.push(
      'pip is missing, which fetches TensorFlow (nothing runs in Python, and its headers are not needed). On Debian or Ubuntu: apt-get install python3-pip',
    );
  if (!found || missing.length > 0) throw new CannotBuildError(missing);
  return { pip: found };
}

/** @throws CannotBuildError where `folder` has too little room. */
export async function requireSpace(folder: string, variant: NativeVariant): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / 1e9;
  if (free < gigabytes[variant])
    throw new CannotBuildError([
      `${folder} has ${free.toFixed(1)} GB left; the build needs ${gigabytes[variant]} GB for a while. Make room, or set XDG_CACHE_HOME to a folder elsewhere.`,
    ]);
}
