// node collect.mjs TO: copies what was built of every workspace here, without sources, to TO.

import { existsSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const [to] = process.argv.slice(2);
for (const folder of ['apps', 'packages']) {
  for (const name of existsSync(folder) ? await readdir(folder) : []) {
    // Migrations are read where they lie; everything else was compiled.
    for (const part of ['package.json', 'dist', 'prisma/migrations']) {
      const from = join(folder, name, part);
      if (!existsSync(from)) continue;
      await mkdir(join(to, folder, name), { recursive: true });
      await cp(from, join(to, from), {
        recursive: true,
        filter: (path) => !/\.d\.ts$|\.map$|\/testing$/.test(path),
      });
    }
  }
}
