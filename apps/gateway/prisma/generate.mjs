// `prisma generate` insists on a schema engine binary that it would download and never uses here.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const here = import.meta.dirname;
const prisma = path.join(
  path.dirname(createRequire(import.meta.url).resolve('prisma/package.json')),
  'build/index.js',
);
const { status } = spawnSync(process.execPath, [prisma, 'generate', '--schema', 'schema.prisma'], {
  cwd: here,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    PATH: `${path.join(here, '../../../node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  },
});
process.exit(status ?? 1);
