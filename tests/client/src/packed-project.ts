import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './platform.js';

/**
 * An empty project outside this repository that has installed `@lucency/client` from its tarball, with what the tarball
 * depends on. @returns its folder
 */
export function projectWithClient(): string {
  // Node answers with real paths, and a Mac's temporary folder is a link.
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lucency-project-')));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const packed = npm(path.join(root, 'packages/client'), 'pack', '--json', '--pack-destination', folder);
  const [{ filename }] = JSON.parse(packed);
  // What the repository has installed lies in npm's cache already.
  const quietly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  npm(folder, 'install', `./${filename}`, ...quietly);
  return folder;
}

/** Under `npm test` the environment names the repository as the project, whatever the folder. */
function npm(folder: string, ...args: string[]): string {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return execFileSync(command, [...args, '--prefix', folder], { cwd: folder, encoding: 'utf8' });
}
