import { execFile } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, findOnPath, isExecutable } from './cache.js';
import { withLock } from './file-lock.js';

export interface GoProgram {
  name: string;
  /** The package that `go install` takes, without the version. */
  path: string;
  /** "v2.15.2". */
  version: string;
}

/** Where the program is, or will be once built. */
export function cachedProgram(program: GoProgram): string {
  return join(cacheFolder(`${program.name}-${program.version}`), program.name);
}

/**
 * Builds a program with Go into the cache, once: others who want it meanwhile wait for the first.
 * Returns undefined where there is no Go. Throws with Go's own words when the build fails.
 */
export async function buildWithGo(
  program: GoProgram,
  progress: (text: string) => void = () => undefined,
): Promise<string | undefined> {
  const go = findOnPath('go') ?? ['/usr/local/go/bin/go'].find(isExecutable);
  if (!go) return undefined;
  const folder = cacheFolder(`${program.name}-${program.version}`);
  const binary = cachedProgram(program);
  return withLock(join(folder, 'build.lock'), async () => {
    if (isExecutable(binary)) return binary;
    progress(`building ${program.name} ${program.version} with Go (once, about a minute)`);
    const scratch = mkdtempSync(join(folder, 'build-'));
    try {
      await promisify(execFile)(go, ['install', `${program.path}@${program.version}`], {
        env: { ...process.env, GOBIN: scratch, GOFLAGS: '-trimpath', CGO_ENABLED: '0' },
        maxBuffer: 16 * 1024 * 1024,
      });
      renameSync(join(scratch, program.name), binary);
      return binary;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}
