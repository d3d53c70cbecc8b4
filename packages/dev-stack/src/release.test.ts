import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = path.join(import.meta.dirname, '../../..');

/** Every place that says which version this is. */
function versionsIn(root: string): Record<string, unknown> {
  const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
  const lock = JSON.parse(read('package-lock.json'));
  const chart = read('deploy/helm/lucency/Chart.yaml');
  return {
    root: JSON.parse(read('package.json')).version,
    client: JSON.parse(read('packages/client/package.json')).version,
    lock: lock.version,
    lockedRoot: lock.packages[''].version,
    lockedClient: lock.packages['packages/client'].version,
    chart: /^version: (.*)$/m.exec(chart)?.[1],
    images: /^appVersion: (.*)$/m.exec(chart)?.[1],
    changelog: /^## ([^,\s]+)/m.exec(read('CHANGELOG.md'))?.[1],
  };
}

it('is one version, whatever is asked for it', () => {
  expect(new Set(Object.values(versionsIn(repository))).size).toBe(1);
});

describe('npm run release', () => {
  let copy: string;

  beforeEach(() => {
    copy = mkdtempSync(path.join(tmpdir(), 'lucency-release-'));
    const files = [
      'package.json',
      'package-lock.json',
      'packages/client/package.json',
      'deploy/helm/lucency/Chart.yaml',
      'CHANGELOG.md',
      '.changeset/config.json',
      'tools/release',
    ];
    for (const file of files) cpSync(path.join(repository, file), path.join(copy, file), { recursive: true });
    symlinkSync(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'));
    execFileSync('git', ['init', '--quiet'], { cwd: copy });
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  const release = (...args: string[]) =>
    spawnSync(process.execPath, ['tools/release/next-version.mjs', ...args], { cwd: copy, encoding: 'utf8' });

  it('raises every version as the changesets ask, and takes their texts into the one changelog', () => {
    const before = String(versionsIn(copy).root);
    const [major, minor] = before.split('.');
    const next = `${major}.${Number(minor) + 1}.0`;
    const changeset = path.join(copy, '.changeset/a-promise.md');
    writeFileSync(changeset, '---\n"@lucency/client": minor\n---\n\nStudies may be exported as CSV.\n');
    expect(release()).toMatchObject({ status: 0, stderr: '' });
    expect(new Set(Object.values(versionsIn(copy)))).toEqual(new Set([next]));
    const changelog = readFileSync(path.join(copy, 'CHANGELOG.md'), 'utf8');
    expect(changelog.indexOf('Studies may be exported as CSV.')).toBeGreaterThan(
      changelog.indexOf(`## ${next}`),
    );
    expect(changelog.indexOf(`## ${before}`)).toBeGreaterThan(changelog.indexOf('exported as CSV'));
    expect(existsSync(changeset)).toBe(false);
    expect(existsSync(path.join(copy, 'packages/client/CHANGELOG.md'))).toBe(false);
  });

  it('says that there is nothing to release, and changes nothing', () => {
    const before = versionsIn(copy);
    const { status, stderr } = release();
    expect(status).toBe(1);
    expect(stderr).toContain('There is no changeset');
    expect(versionsIn(copy)).toEqual(before);
  });
});
