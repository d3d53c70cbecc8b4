import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { buildNative } from './build.js';
import { bindingFile, nativeFolder } from './cache.js';
import { withLock } from './lock.js';
import { CannotBuildError } from './requirements.js';
import { versions } from './versions.js';

const made: string[] = [];
const children: ChildProcess[] = [];

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lucency-native-'));
  made.push(folder);
  return folder;
}

/** Programs that do nothing and succeed, as far as the check before a build looks. */
async function pathWith(...names: string[]): Promise<string> {
  const folder = await emptyFolder();
  for (const name of names) {
    await writeFile(join(folder, name), '#!/bin/sh\nexit 0\n');
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** Sees to it that nothing is fetched: a step would be the first to do so. */
function build(environment: NodeJS.ProcessEnv) {
  return buildNative({
    variant: 'cpu',
    environment,
    step: (what) => Promise.reject(new Error(`began with ${what}`)),
  });
}

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'the native build, on Linux and x64',
  () => {
    it('names everything that is missing at once, and fetches nothing', async () => {
      const cache = await emptyFolder();
      const refused: unknown = await build({ PATH: await pathWith(), XDG_CACHE_HOME: cache }).catch(
        (why: unknown) => why,
      );
      expect(refused).toBeInstanceOf(CannotBuildError);
      expect(String(refused)).toMatch(/compiler g\+\+ is missing.*apt-get install g\+\+/);
      expect(String(refused)).toMatch(/pip is missing.*apt-get install python3-pip/);
      expect(await readdir(cache)).toEqual([]);
    });

    it('names only what is missing', async () => {
      const rest = ['strip', 'npm'];
      const cache = await emptyFolder();
      const withoutPip = build({ PATH: await pathWith('g++', ...rest), XDG_CACHE_HOME: cache });
      await expect(withoutPip).rejects.toMatchObject({
        missing: [expect.stringContaining('pip is missing')],
      });
      const withoutCompiler = build({ PATH: await pathWith('python3', ...rest), XDG_CACHE_HOME: cache });
      await expect(withoutCompiler).rejects.toMatchObject({
        missing: [expect.stringContaining('g++ is missing')],
      });
    });

    it('leaves nothing behind when a step fails, and clears what a killed build left', async () => {
      const environment = {
        PATH: await pathWith('g++', 'strip', 'npm', 'pip'),
        XDG_CACHE_HOME: await emptyFolder(),
      };
      const folder = nativeFolder('cpu', environment);
      await mkdir(`${folder}.killed/deps`, { recursive: true });
      await expect(build(environment)).rejects.toThrow('began with fetching the sources');
      expect(await readdir(dirname(folder))).toEqual([]);
    });

    it('takes no tools and no time when the binding is there', async () => {
      const environment = { PATH: '', XDG_CACHE_HOME: await emptyFolder() };
      const folder = nativeFolder('cpu', environment);
      await mkdir(dirname(join(folder, bindingFile)), { recursive: true });
      await writeFile(join(folder, bindingFile), '');
      expect(await build(environment)).toEqual({ folder, built: false });
    });
  },
);

describe('what the build is made of', () => {
  it('is declared, locked, and installed by no other workspace', async () => {
    const folder = join(import.meta.dirname, '../../native');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
    const binding = 'node_modules/@tensorflow/tfjs-node-gpu';
    expect(manifest.dependencies['@tensorflow/tfjs-node-gpu']).toBe(versions.binding);
    expect(lock.packages['']).toMatchObject({ dependencies: manifest.dependencies });
    expect(lock.packages[binding]).toMatchObject({ version: versions.binding });
    const root = JSON.parse(await readFile(join(folder, '../../../package-lock.json'), 'utf8'));
    expect(root.packages).not.toHaveProperty([binding]);
  });
});

describe('the cache', () => {
  it('is told apart by versions, variant and platform, and honours XDG_CACHE_HOME', () => {
    const platform = `${process.platform}-${process.arch}`;
    expect(nativeFolder('gpu', { XDG_CACHE_HOME: '/cache' })).toBe(
      `/cache/lucency/native/tfjs-4.22.0-tensorflow-2.21.0-gpu-${platform}`,
    );
    expect(nativeFolder('cpu', {})).toMatch(/\.cache\/lucency\/native\/tfjs-4\.22\.0-.*-cpu-/);
  });
});

describe.skipIf(process.platform !== 'linux')('the lock, on Linux', () => {
  it('lets one in at a time', async () => {
    const path = await emptyFolder();
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 50));
      inside -= 1;
    };
    let waited = 0;
    const waiting = () => {
      waited += 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(path, work, waiting)));
    expect(most).toBe(1);
    expect(waited).toBe(2);
  });

  it('is free again when its holder is killed', async () => {
    const path = await emptyFolder();
    const file = new URL('../../dist/native/lock.js', import.meta.url).href;
    const program = `const { withLock } = await import(${JSON.stringify(file)});
      await withLock(${JSON.stringify(path)}, () => { console.log('mine'); return new Promise(() => {}); });`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(holder);
    await once(holder.stdout, 'data');
    let entered = false;
    const next = withLock(path, async () => {
      entered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(entered).toBe(false);
    holder.kill('SIGKILL');
    await next;
    expect(entered).toBe(true);
  });
});
