import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { findOnPath } from '@lucency/dev-stack';

/** Where a program lies; Debian keeps servers outside of the path of most people. */
export function installed(program: string): string | undefined {
  return findOnPath(program, { PATH: [process.env.PATH, '/usr/sbin'].join(delimiter) });
}

/** What a suite says of itself when it skips; empty where everything is there. */
export function lacking(programs: readonly string[], files: readonly string[] = []): string {
  const missing = [
    ...programs.filter((program) => !installed(program)),
    ...files.filter((file) => !existsSync(file)),
  ];
  return missing.length > 0 ? ` (skipped: no ${missing.join(', ')} on this machine)` : '';
}

/** Everything that a program says of a file. */
export function said(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(installed(program) ?? program, args, { encoding: 'utf8' });
  return stdout + stderr;
}
