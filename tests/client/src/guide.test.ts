import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectWithClient } from './packed-project.js';
import { type RunningPlatform, root, startPlatform } from './platform.js';
import { programsIn } from './programs.js';

const guide = 'docs/api/guide.md';
const lacking = (...programs: string[]) =>
  programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
const shellLacks = lacking('bash', 'curl', 'jq', 'sha256sum');
const pythonLacks = lacking('python3');

let platform: RunningPlatform;
/** A project that has installed `@lucency/client`, and nothing else. */
let folder: string;

beforeAll(async () => {
  platform = await startPlatform();
  folder = projectWithClient();
  // One whose heatmap is shown; those of others are withheld, and the programs then save none.
  writeFileSync(path.join(folder, 'chest.jpg'), await drawPhantom({ seed: 16, pneumonia: true }));
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  status: number | null;
  output: string;
}

/** Runs a program in the folder, as somebody with a token does who follows the guide. */
async function run(command: string, ...args: string[]): Promise<Ended> {
  rmSync(path.join(folder, 'heatmap.png'), { force: true });
  const { endpoint, token } = platform;
  const env = { ...process.env, LUCENCY_ENDPOINT: endpoint, LUCENCY_TOKEN: await token() };
  const child = spawn(command, args, { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

/** Checks the types of a program as strictly as this repository's, and makes it run on every Node. */
function compiled(name: string, program: string): string {
  const source = path.join(folder, `${name}.ts`);
  writeFileSync(source, program);
  const options = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--typeRoots',
    path.join(root, 'node_modules/@types'),
    '--types',
    'node',
    '--skipLibCheck',
  ];
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, ...options, source], { cwd: folder });
  return `${name}.js`;
}

function expectHeatmap(): void {
  const heatmap = readFileSync(path.join(folder, 'heatmap.png'));
  expect(heatmap.subarray(1, 4).toString('latin1')).toBe('PNG');
}

describe("the guide's program", () => {
  it.skipIf(shellLacks.length > 0)(
    `with curl submits, follows, and saves the heatmap${shellLacks.length > 0 ? ` (no ${shellLacks})` : ''}`,
    async () => {
      const [, program = ''] = await programsIn(guide, 'sh');
      expect(await run('bash', '-c', program)).toMatchObject({
        status: 0,
        output: expect.stringContaining('"readingState": "CLASSIFIED"'),
      });
      expectHeatmap();
    },
  );

  it.skipIf(pythonLacks.length > 0)(
    `in Python submits, follows, and saves the heatmap${pythonLacks.length > 0 ? ' (no python3)' : ''}`,
    async () => {
      const [program = ''] = await programsIn(guide, 'python');
      expect(await run('python3', '-c', program)).toMatchObject({
        status: 0,
        output: expect.stringContaining('"readingState": "CLASSIFIED"'),
      });
      expectHeatmap();
    },
  );

  it('in TypeScript submits, follows, and saves the heatmap', async () => {
    const [program = ''] = await programsIn(guide, 'ts');
    const ended = await run(process.execPath, compiled('guide', program));
    expect(ended).toMatchObject({ status: 0, output: expect.stringContaining('CLASSIFIED') });
    expectHeatmap();
  });
});

it("installs the client's tarball into an empty project, where the program of its README runs", async () => {
  const installed = path.join(folder, 'node_modules/@lucency/client');
  // Not a link into this repository, and without what only its makers need.
  expect(realpathSync(installed)).toBe(installed);
  expect(existsSync(path.join(installed, 'src'))).toBe(false);
  const [program = ''] = await programsIn('packages/client/README.md', 'ts');
  const ended = await run(process.execPath, compiled('readme', program));
  expect(ended).toMatchObject({ status: 0, output: expect.stringContaining('CLASSIFIED') });
});
