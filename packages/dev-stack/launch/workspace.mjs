// Brings a clone to where its own code can run: installed, prepared, built. No dependencies: they may not
// be installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { constants, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preparePostgres } from './prepare.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const stamps = join(root, 'node_modules/.lucency');

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  // What Prisma and the bundler inside vitest declare to need.
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Lucency needs Node 20.19 or later; this is ${process.version}. See https://nodejs.org`);
  process.exit(1);
}

/** Installs when the lock file or the platform is not what was installed last. */
export async function install() {
  const wanted = hash([readFileSync(join(root, 'package-lock.json')), `${process.platform}-${process.arch}`]);
  if (readStamp('installed') !== wanted) {
    // Not `npm ci`: it refuses a lock file that lacks the binaries of another platform, and ours was written on
    // one. What is locked is installed as locked either way, and the lock file is left alone.
    await withProgress('installing packages', 'npm', ['install', '--no-save', '--no-audit', '--no-fund']);
    writeStamp('installed', wanted);
  }
  preparePostgres();
}

/** Builds the named workspaces (all when none is named) and what they need, unless no source changed. */
export async function build(workspaces = []) {
  const complete = workspaces.every((path) => isBuilt(join(root, path)));
  await turbo('build', 'building', workspaces, complete);
}

/** Writes the code that is generated for the named workspaces, unless no source changed. */
export async function generate(workspaces) {
  await turbo('generate', 'generating', workspaces, true);
}

async function turbo(task, what, workspaces, complete) {
  const name = `${task}-${hash(workspaces).slice(0, 12)}`;
  const wanted = fingerprint();
  if (complete && readStamp(name) === wanted) return;
  const filters = workspaces.map((path) => `--filter=./${path}`);
  await withProgress(what, process.execPath, [
    join(root, 'node_modules/turbo/bin/turbo'),
    'run',
    task,
    ...filters,
    `--concurrency=${Math.max(2, cpus().length)}`,
    '--output-logs=errors-only',
    '--ui=stream',
  ]);
  writeStamp(name, fingerprint());
}

/** Runs a command with its output going straight to the terminal; answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    // Ctrl-C reaches the child by itself; we only have to wait for it.
    const wait = () => {};
    process.on('SIGINT', wait);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait);
      if (signal && signal !== 'SIGINT') console.error(`The command was ended by ${signal}.`);
      // As shells say it.
      resolve(signal ? 128 + constants.signals[signal] : code);
    });
  });
}

/** Shows how long a command takes instead of what it prints; shows that only when it fails. */
async function withProgress(what, command, args) {
  const begun = Date.now();
  const seconds = () => ((Date.now() - begun) / 1000).toFixed(0);
  const isTerminal = process.stderr.isTTY;
  process.stderr.write(isTerminal ? `${what} ...` : `${what} ...\n`);
  const ticker = isTerminal && setInterval(() => process.stderr.write(`\r${what} ... ${seconds()} s`), 1000);
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' };
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    output += data;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearInterval(ticker);
  process.stderr.write(
    `${isTerminal ? '\r' : ''}${what} ... ${code === 0 ? 'done' : 'failed'} (${seconds()} s)\n`,
  );
  if (code === 0) return;
  process.stderr.write(output);
  process.exit(1);
}

function isBuilt(path) {
  return existsSync(join(path, 'dist')) || existsSync(join(path, '.next/BUILD_ID'));
}

/** Names, sizes and times of all sources: 20 ms instead of the second that asking turbo takes. */
function fingerprint() {
  const parts = [];
  const skipped = new Set(['node_modules', 'dist', '.next', '.turbo', 'generated', 'gql']);
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!/\.tsbuildinfo$|^next-env\.d\.ts$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path);
        parts.push(`${path} ${size} ${mtimeMs}`);
      }
    }
  };
  for (const folder of ['apps', 'packages', 'training', 'bench', 'capacity', 'load-tests', 'tests']) {
    if (existsSync(join(root, folder))) visit(join(root, folder));
  }
  for (const file of ['package-lock.json', 'tsconfig.base.json', 'turbo.json']) {
    parts.push(readFileSync(join(root, file), 'utf8'));
  }
  return hash(parts);
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

function readStamp(name) {
  const file = join(stamps, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function writeStamp(name, value) {
  const file = join(stamps, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}
