import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { run } from '@lucency/chart-tests/tools';
import { root } from '../places.js';
import { label } from './buildah.js';
import { standIns } from './stand-ins.js';

export const registry = 'localhost/lucency';
const names = ['gateway', 'web', 'inference', 'explain'] as const;

/** What decides what the images hold; a change elsewhere makes none of them old. */
const sources = [
  ...['apps', 'packages', 'models', 'deploy/images', 'package-lock.json', 'LICENSE'],
  ':(exclude,glob)**/README.md',
];

/** Builds the images of the project with `npm run images`, unless they are there from these very sources. */
export async function projectImages(tag: string): Promise<string[]> {
  const images = names.map((name) => `${registry}/${name}:${tag}`);
  const wanted = await revision();
  const labels = await Promise.all(images.map((image) => label(image, 'org.opencontainers.image.revision')));
  if (labels.every((found) => found === wanted)) return images;
  const settings = ['--tag', tag, '--base', standIns.node, '--revision', wanted];
  const args = ['run', 'images', '--', ...names, ...settings];
  const child = spawn('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, BUILDAH_ISOLATION: 'chroot' },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`npm run images ended with exit code ${code}`);
  return images;
}

/** The last commit that touched the sources, and what was changed since. */
async function revision(): Promise<string> {
  const { stdout: commit } = await run('git', ['log', '-1', '--format=%H', '--', ...sources], { cwd: root });
  const { stdout: changes } = await run('git', ['status', '--porcelain', '--', ...sources], { cwd: root });
  return changes.trim() === '' ? commit.trim() : `${commit.trim()}-changed-${Date.now()}`;
}
