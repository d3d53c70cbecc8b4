import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const door = JSON.stringify(pathToFileURL(path.join(import.meta.dirname, '../dist/index.js')).href);
const folder = mkdtempSync(path.join(tmpdir(), 'lucency-command-'));
const program = path.join(folder, 'program.mjs');
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  program,
  `const { commandLine } = await import(${door});
  const { values } = commandLine('usage of it', { options: { data: { type: 'string' }, fast: { type: 'boolean' } } });
  console.log(JSON.stringify(values));`,
);

function type(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

it('reads what was typed', () => {
  expect(type('--data', 'DIR', '--fast')).toEqual({
    status: 0,
    stdout: '{"data":"DIR","fast":true}',
    stderr: '',
  });
});

it.each([['--help'], ['-h'], ['--data', 'DIR', '--help']])('prints the usage for %s %s %s', (...args) => {
  expect(type(...args)).toEqual({ status: 0, stdout: 'usage of it', stderr: '' });
});

it.each([
  [['--dta', 'DIR'], /--dta/],
  [['--data'], /--data/],
  [['DIR'], /DIR/],
  [['--fast=1'], /--fast/],
])('says in one line, with the right ones, what is wrong with %j', (args, what) => {
  const { status, stdout, stderr } = type(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(what);
  expect(stderr).toMatch(/^[^\n]+Options: --help, --data, --fast$/);
});
