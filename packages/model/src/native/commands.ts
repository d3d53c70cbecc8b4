import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A program and its first arguments. */
export type Command = readonly [string, ...string[]];

export interface Surroundings {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What the command prints. Throws with all that it said when it fails. */
export async function output(command: Command, { cwd, environment }: Surroundings): Promise<string> {
  const [program, ...args] = command;
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd,
      env: environment,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`${program} failed:\n${said || String(error)}`, { cause: error });
  }
}

/** Whether the command can be run and succeeds. */
export async function runs([program, ...args]: Command, environment: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await promisify(execFile)(program, args, { env: environment });
    return true;
  } catch {
    return false;
  }
}
