import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { run } from '../run.js';
import { asMissing, firstOf, MissingTool, toolFolder } from './tools.js';
import type { GoTool } from './versions.js';

/** KEDA on two cores that others use, too; after that it counts as missing. */
const buildDeadlineMs = 60 * 60_000;
const download = z.object({ Dir: z.string().optional(), Error: z.string().optional() });

const sought = new Map<string, Promise<string>>();

/** Where the tool is, built first where it is not cached; asked for again, the first outcome counts. Throws MissingTool. */
export function goTool(tool: GoTool): Promise<string> {
  const outcome = sought.get(tool.name) ?? findOrBuild(tool);
  sought.set(tool.name, outcome);
  return outcome;
}

async function findOrBuild(tool: GoTool): Promise<string> {
  const folder = toolFolder(tool.name, await versionOf(tool));
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

/** With a main package of our own, what that holds counts, too. */
async function versionOf({ version, source }: GoTool): Promise<string> {
  if (!source) return version;
  const content = createHash('sha256').update(await readFile(source));
  return `${version}-${content.digest('hex').slice(0, 8)}`;
}

/** The folder of a module's files in Go's own cache. Throws MissingTool. */
export async function goModule(module: string, version: string): Promise<string> {
  const go = requireGo(module);
  const { stdout, output } = await run(go, ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: '/',
    deadlineMs: buildDeadlineMs,
  }).catch(asMissing);
  const { Dir, Error: problem } = stdout.startsWith('{') ? download.parse(JSON.parse(stdout)) : {};
  if (Dir) return Dir;
  throw new MissingTool(`${module} ${version} could not be fetched: ${problem ?? output}`);
}

/** In a module of its own that has the tool's own pins, without the folders that only its repository has. */
async function buildAsItself(go: string, tool: GoTool, folder: string): Promise<void> {
  const source = await goModule(tool.module, tool.version);
  await writeFile(join(folder, 'go.mod'), ownModule(await readFile(join(source, 'go.mod'), 'utf8'), tool));
  await copyFile(join(source, 'go.sum'), join(folder, 'go.sum'));
  if (tool.source) await copyFile(tool.source, join(folder, 'main.go'));
  const variables = Object.entries(tool.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const linker = ['-s -w', ...variables].join(' ');
  const output = join(folder, tool.name);
  const program = tool.source ? '.' : tool.program;
  const args = ['build', '-mod=mod', '-trimpath', `-ldflags=${linker}`, '-o', output, program];
  await insist(go, args, {}, folder);
}

/** go.mod of a module that needs the tool, with the tool's pins. */
export function ownModule(pins: string, { module, version, staging, instead = {} }: GoTool): string {
  const beside = /^\s*(?:replace\s+)?(\S+)\s+=>\s*\.{1,2}\//;
  const lines = pins.split('\n').flatMap((line) => {
    const [, replaced] = beside.exec(line) ?? [];
    if (!replaced) return [line.replace(/^module .*/, 'module build')];
    if (!staging) return [];
    const taken = `${replaced} => ${replaced} ${staging}`;
    return [/^\s*replace\s/.test(line) ? `replace ${taken}` : taken];
  });
  const others = Object.entries(instead).map(([name, other]) => `replace ${name} => ${name} ${other}`);
  return [...lines, ...others, `require ${module} ${version}`, ''].join('\n');
}

async function insist(go: string, args: string[], env: NodeJS.ProcessEnv, cwd = '/'): Promise<void> {
  const options = { cwd, env: { ...process.env, CGO_ENABLED: '0', ...env }, deadlineMs: buildDeadlineMs };
  const { ok, output } = await run(go, args, options).catch(asMissing);
  if (!ok) throw new MissingTool(output.split('\n').slice(-5).join(' '));
}

function requireGo(forWhat: string): string {
  const go = firstOf(['go', '/usr/local/go/bin/go']);
  if (!go) throw new MissingTool(`${forWhat} is not cached, and Go, which could fetch it, is not installed`);
  return go;
}
