import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helm } from '../kubernetes/kubectl.js';
import { namespace } from '../kubernetes/namespace.js';
import { chartFolder, clusterTests, root } from '../places.js';

export const release = 'lucency';
/** The images that the chart asks for by itself, and the very same under another tag, for an upgrade. */
export const tag: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
export const nextTag = `${tag}-next`;

const own = (name: string) => join(clusterTests, 'values', name);
const base = [join(chartFolder, 'values-small.yaml'), own('site.yaml')];

/** Values on top of this cluster's own. */
export const overlays = {
  toZero: [own('to-zero.yaml')],
  onProcessor: [own('on-processor.yaml')],
  backup: [own('backup.yaml')],
  gpu: [join(chartFolder, 'values-gpu.yaml'), own('site.yaml'), own('gpu.yaml')],
} as const;

/** Installs the chart, or upgrades the release to these values. @returns the seconds that it took. */
export async function upgrade(
  files: readonly string[] = [],
  settings: readonly string[] = [],
): Promise<number> {
  const begun = Date.now();
  const values = [...base, ...files].flatMap((file) => ['--values', file]);
  const set = settings.flatMap((setting) => ['--set', setting]);
  const wait = ['--install', '--wait', '--timeout', '10m'];
  await helm('upgrade', release, chartFolder, '--namespace', namespace, ...wait, ...values, ...set);
  return (Date.now() - begun) / 1000;
}

/** To the revision before. @returns the seconds that it took. */
export async function rollBack(): Promise<number> {
  const begun = Date.now();
  await helm('rollback', release, '--namespace', namespace, '--wait', '--timeout', '10m');
  return (Date.now() - begun) / 1000;
}

/** Leaves what a release leaves: its Secrets and disks. */
export async function uninstall(): Promise<void> {
  await helm('uninstall', release, '--namespace', namespace, '--wait', '--timeout', '5m');
}

export async function isInstalled(): Promise<boolean> {
  const listed = await helm('list', '--namespace', namespace, '--short', '--deployed');
  return listed.split('\n').includes(release);
}
