import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { run } from '../run.js';
import { asMissing, firstOf, MissingTool, toolFolder } from './tools.js';
import type { GoTool } from './versions.js';

/** A large program on two busy cores; after that it counts as missing. */
const buildDeadlineMs = 20 * 60_000;
const download = z.object({ Dir: z.string().optional(), Error: z.string().optional() });

const sought = new Map<string, Promise<string>>();

/** Where the tool is, built first where it is not cached; asked for again, the first outcome counts. Throws MissingTool. */
export function goTool(tool: GoTool): Promise<string> {
  const outcome = sought.get(tool.name) ?? findOrBuild(tool);
  sought.set(tool.name, outcome);
  return outcome;
}

async function findOrBuild(tool: GoTool): Promise<string> {
  const folder = toolFolder(tool.name, tool.version);
  const program = join(folder, tool.name);
  if (existsSync(program)) return program;
  const go = requireGo(tool.name);
  process.stderr.write(`building ${tool.name} ${tool.version} with Go (once, minutes)\n`);
  await mkdir(dirname(folder), { recursive: true });
  const scratch = await mkdtemp(`${folder}.`);
  try {
    if (tool.replaces) await buildAsItself(go, tool, scratch);
    else {
      const target = `${tool.program}@${tool.version}`;
      await insist(go, ['install', '-trimpath', '-ldflags=-s -w', target], { GOBIN: scratch });
    }
    await mkdir(folder, { recursive: true });
    await rename(join(scratch, tool.name), program);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return program;
}

/** The folder of a module's files in Go's own cache. Throws MissingTool. */
export async function goModule(module: string, version: string): Promise<string> {
  const go = requireGo(module);
  const { stdout, said } = await run(go, ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: '/',
    deadlineMs: buildDeadlineMs,
  }).catch(asMissing);
  const { Dir, Error: problem } = stdout.startsWith('{') ? download.parse(JSON.parse(stdout)) : {};
  if (Dir) return Dir;
  throw new MissingTool(`${module} ${version} could not be fetched: ${problem ?? said}`);
}

/** In a module of its own that has the tool's own pins, without the folders that only its repository has. */
async function buildAsItself(go: string, tool: GoTool, folder: string): Promise<void> {
  const source = await goModule(tool.module, tool.version);
  const pins = await readFile(join(source, 'go.mod'), 'utf8');
  const lines = pins.split('\n').filter((line) => !/=>\s*\.{1,2}\//.test(line));
  const own = lines.map((line) => line.replace(/^module .*/, 'module build'));
  await writeFile(join(folder, 'go.mod'), `${own.join('\n')}\nrequire ${tool.module} ${tool.version}\n`);
  await copyFile(join(source, 'go.sum'), join(folder, 'go.sum'));
  const output = join(folder, tool.name);
  const args = ['build', '-mod=mod', '-trimpath', '-ldflags=-s -w', '-o', output, tool.program];
  await insist(go, args, {}, folder);
}

async function insist(go: string, args: string[], env: NodeJS.ProcessEnv, cwd = '/'): Promise<void> {
  const options = { cwd, env: { ...process.env, CGO_ENABLED: '0', ...env }, deadlineMs: buildDeadlineMs };
  const { ok, said } = await run(go, args, options).catch(asMissing);
  if (!ok) throw new MissingTool(said.split('\n').slice(-5).join(' '));
}

function requireGo(forWhat: string): string {
  const go = firstOf(['go', '/usr/local/go/bin/go']);
  if (!go) throw new MissingTool(`${forWhat} is not cached, and Go, which could fetch it, is not installed`);
  return go;
}
