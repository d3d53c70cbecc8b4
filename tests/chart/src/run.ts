import { execFile } from 'node:child_process';

export interface Ended {
  /** Exit code 0. */
  ok: boolean;
  stdout: string;
  /** Standard output and error together, for people. */
  output: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  input?: string;
  deadlineMs?: number;
}

/** Runs a program to its end. Throws when it could not be started or took longer than the deadline. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env = process.env, input, deadlineMs = 120_000 } = options;
  return new Promise((resolve, reject) => {
    const settings = { cwd, env, timeout: deadlineMs, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(program, args, settings, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') {
        const why = error.killed ? `took longer than ${deadlineMs / 1000} s` : error.message;
        reject(new Error(`${program}: ${why}`));
      } else resolve({ ok: !error, stdout, output: `${stdout}${stderr}`.trim() });
    });
    // A program that ends without reading is no fault.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
