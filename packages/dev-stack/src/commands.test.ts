import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const commands: readonly { name: string; options: readonly string[] }[] = [
  { name: 'start', options: ['--port', '--home', '--no-samples', '--observe'] },
  { name: 'dev', options: ['--port', '--home', '--no-samples', '--observe'] },
  { name: 'send', options: ['--host', '--port', '--called', '--calling'] },
  { name: 'classify', options: ['--json', '--heatmap', '--operating-point', '--engine'] },
  { name: 'evaluate', options: ['--data', '--group-by', '--masks', '--engine', '--out'] },
  { name: 'accept', options: ['--data', '--prevalence', '--purpose', '--out'] },
  { name: 'train', options: ['--data', '--out', '--preset', '--resume'] },
  { name: 'train lungs', options: ['--data', '--masks', '--out'] },
  { name: 'train ablation', options: ['--out'] },
  { name: 'train amend', options: ['--out'] },
  { name: 'train gate', options: ['--data', '--out', '--fit'] },
  { name: 'native', options: ['--gpu'] },
  { name: 'bench', options: ['--json'] },
  { name: 'faults', options: ['--studies', '--faults'] },
  { name: 'load', options: ['--minutes', '--capacity', '--fresh', '--url'] },
  { name: 'capacity', options: ['--values', '--set', '--compare', '--seed'] },
  { name: 'capacity measure', options: ['--out'] },
  { name: 'capacity validate', options: ['--runs', '--seconds'] },
  { name: 'images', options: ['--registry', '--tag', '--base', '--model'] },
  { name: 'release', options: [] },
  { name: 'test:chart', options: ['--write-readme'] },
  { name: 'test:cluster', options: [] },
];

/** Runs what package.json names, without the launcher's step of installing and building. */
function type(name: string, ...args: string[]) {
  const [command = '', ...typed] = name.split(' ');
  const [, ...words] = (scripts[command] ?? '').split(' ');
  const [launcher = '', workspace = '', ...first] = words;
  const program = launcher.endsWith('/run.mjs') ? [`${workspace}/dist/main.js`, ...first] : words;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...typed, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, lines: stderr.trimEnd().split('\n') };
}

describe.each(commands)('npm run $name', ({ name, options }) => {
  it('tells with --help how it is called and what options it takes', () => {
    const { status, stdout } = type(name, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain(name === 'start' ? 'npm start' : `npm run ${name.split(' ')[0]}`);
    for (const option of options) expect(stdout).toContain(option);
  });

  it('says in one line that it has no such option, and which it has', () => {
    const { status, stdout, lines } = type(name, '--no-such-option');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const line = lines.at(-1);
    expect(line).toMatch(/^Unknown option '--no-such-option'\. Options: --help/);
    for (const option of options) expect(line).toContain(option);
    // What came before it is the launcher's, where it had to build.
    expect(
      lines.slice(0, -1).every((text) => /^(installing packages|building|generating) \.\.\./.test(text)),
    ).toBe(true);
  });
});
