import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHome } from '../stack/home.js';
import type { ServiceDefinition } from '../stack/services.js';
import { type Stack, startStack } from '../stack/start-stack.js';
import { transpile, write } from './transpile.js';
import { watchSources } from './watch-sources.js';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
let root: string;
let stack: Stack;
let sources: { close(): Promise<void> };
const said: string[] = [];

/** A repository of two services, of which one uses a package. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lucency-develop-'));
  workspace('packages/words', '@lucency/words', {});
  workspace('apps/teller', '@lucency/teller', { '@lucency/words': '*' });
  workspace('apps/bystander', '@lucency/bystander', {});
  mkdirSync(join(root, 'node_modules/@lucency'), { recursive: true });
  symlinkSync(join(root, 'packages/words'), join(root, 'node_modules/@lucency/words'));
  edit('packages/words/src/index.ts', `export const word: string = 'first';`);
  const server = `import { createServer } from 'node:http';
    const port: string | undefined = process.env.PORT;
    createServer((_, response) => response.end(answer)).listen(port);`;
  edit(
    'apps/teller/src/main.ts',
    `import { word } from '@lucency/words'; const answer: string = word; ${server}`,
  );
  edit('apps/bystander/src/main.ts', `const answer: string = 'bystander'; ${server}`);
  for (const [folder, source] of [
    ['packages/words', 'index.ts'],
    ['apps/teller', 'main.ts'],
    ['apps/bystander', 'main.ts'],
  ] as const) {
    write(transpile(root, folder, source));
  }
  const services = [service('teller', 'gatewayHealth'), service('bystander', 'inferenceHealth')];
  const builtAt = Date.now();
  stack = await startStack({
    root,
    home: openHome(join(root, 'home')),
    services,
    anyPorts: true,
    restarts: { delaysMs: [], steadyMs: 0, waitsForEdit: true },
    say: (text) => said.push(text),
  });
  sources = await watchSources({
    root,
    services,
    builtAt,
    say: (text) => said.push(text),
    restart: stack.restart,
  });
});
afterAll(async () => {
  await sources?.close();
  await stack?.stop();
  rmSync(root, { recursive: true, force: true });
});

function workspace(folder: string, name: string, dependencies: Record<string, string>) {
  const exports = { '.': './dist/index.js' };
  writeTo(`${folder}/package.json`, JSON.stringify({ name, type: 'module', exports, dependencies }));
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    verbatimModuleSyntax: true,
    sourceMap: true,
    rootDir: 'src',
    outDir: 'dist',
  };
  writeTo(`${folder}/tsconfig.build.json`, JSON.stringify({ compilerOptions, include: ['src'] }));
}

function edit(file: string, text: string) {
  writeTo(file, `${text}\n`);
}

function writeTo(file: string, text: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function service(name: string, port: 'gatewayHealth' | 'inferenceHealth'): ServiceDefinition {
  return {
    name,
    folder: `apps/${name}`,
    args: () => ['--enable-source-maps', 'dist/main.js'],
    env: ({ ports }) => ({ PORT: String(ports[port]) }),
    readyUrl: ({ ports }) => `http://127.0.0.1:${ports[port]}/`,
  };
}

function answer(): Promise<string> {
  return fetch(`http://127.0.0.1:${stack.around.ports.gatewayHealth}/`).then(
    (response) => response.text(),
    () => '',
  );
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 40_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`waited for nothing; said so far:\n${said.join('\n')}`);
    await sleep(20);
  }
}

describe('an edit', () => {
  it('is written as a build writes it, map included', () => {
    const folder = join(root, 'apps/teller');
    const outputs = ['main.js', 'main.js.map'].map((name) => join(folder, 'dist', name));
    const transpiled = outputs.map((file) => readFileSync(file, 'utf8'));
    for (const file of outputs) rmSync(file);
    // It misses the types of Node here, and writes nevertheless.
    spawnSync(process.execPath, [compiler, '-p', join(folder, 'tsconfig.build.json')]);
    expect(transpiled).toEqual(outputs.map((file) => readFileSync(file, 'utf8')));
  });

  it('of a package runs in the services that use it, and in no other, though nobody has built it', async () => {
    const bystander = stack.programs.get('bystander')?.pid;
    await until(async () => (await answer()) === 'first');
    edit('packages/words/src/index.ts', `export const word: string = 'second';`);
    await until(async () => (await answer()) === 'second');
    expect(said).toContain('packages/words/src/index.ts: restarting teller');
    expect(stack.programs.get('bystander')?.pid).toBe(bystander);
  });

  it('of a service, with a file that is new, runs as well', async () => {
    edit('apps/teller/src/deeper/added.ts', `export const added: number = 40;`);
    const main = readFileSync(join(root, 'apps/teller/src/main.ts'), 'utf8');
    edit(
      'apps/teller/src/main.ts',
      `import { added } from './deeper/added.js'; ${main.replace('= word', '= String(added + 2)')}`,
    );
    await until(async () => (await answer()) === '42');
  });

  it('that is no TypeScript is named with its line, and what runs goes on until it is mended', async () => {
    const { pid } = stack.programs.get('teller') ?? {};
    const main = readFileSync(join(root, 'apps/teller/src/main.ts'), 'utf8');
    edit('apps/teller/src/main.ts', `${main}\nconst = 3;`);
    await until(() => said.some((text) => text.includes('apps/teller/src/main.ts:')));
    expect(said.at(-1)).toMatch(
      /^apps\/teller\/src\/main\.ts:\d+:7 .+\nnothing is restarted before this is mended$/,
    );
    expect(await answer()).toBe('42');
    expect(stack.programs.get('teller')?.pid).toBe(pid);
    edit('apps/teller/src/main.ts', main.replace('added + 2', 'added + 3'));
    await until(async () => (await answer()) === '43');
  });

  it('that makes a service fail is mended by the next one', async () => {
    const main = readFileSync(join(root, 'apps/teller/src/main.ts'), 'utf8');
    edit('apps/teller/src/main.ts', `${main}\nthrow new Error('not like this');`);
    await until(() => said.some((text) => text.endsWith('teller waits for an edit')));
    // Source maps lead to what was edited.
    expect(said.join('\n')).toMatch(/apps\/teller\/src\/main\.ts:\d+[\s\S]*not like this/);
    edit('apps/teller/src/main.ts', main.replace('added + 3', 'added + 4'));
    await until(async () => (await answer()) === '44');
  });

  it('of types or a test alone restarts nothing', async () => {
    const { pid } = stack.programs.get('teller') ?? {};
    edit('packages/words/src/index.test.ts', 'export {};');
    edit('packages/words/src/index.ts', `export const word: 'second' = 'second';`);
    edit('apps/bystander/src/main.ts', `${readFileSync(join(root, 'apps/bystander/src/main.ts'), 'utf8')}\n`);
    await sleep(1_000);
    expect(stack.programs.get('teller')?.pid).toBe(pid);
    expect(said.at(-1)).toBe('teller is ready again');
  });
});
