import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A tool that cannot be had here, and why; the checks that need it are not run. */
export class MissingTool extends Error {
  override name = 'MissingTool';
}

/** For a program that could not be started, or took too long, while it was to fetch a tool. */
export function asMissing(error: unknown): never {
  throw new MissingTool(error instanceof Error ? error.message : String(error));
}

/** `$XDG_CACHE_HOME/lucency/tools/<name>-<version>`: shared by all clones, never changed once it is there. */
export function toolFolder(name: string, version: string): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'lucency', 'tools', `${name}-${version}`);
}

/** The first of these that can be started, by name on the PATH or by its whole path. */
export function firstOf(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  return names
    .flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => join(folder, name))))
    .find((path) => existsSync(path));
}
