import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const door = pathToFileURL(createRequire(import.meta.url).resolve('@lucency/service-kit')).href;
let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lucency-lifecycle-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Runs a service whose app is the given source in a process of its own. */
function run(app: string, options = '{}', stdio: 'pipe' | 'ipc' = 'pipe') {
  const file = join(folder, 'service.mjs');
  writeFileSync(
    file,
    `import { runUntilStopped } from ${JSON.stringify(door)};
     const keepBusy = setInterval(() => {}, 1000);
     await runUntilStopped(${app}, ${options});`,
  );
  const started = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'pipe', ...(stdio === 'ipc' ? (['ipc'] as const) : [])],
  });
  child = started;
  let output = '';
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => output.includes(text) && resolve();
      started.stdout?.on('data', look);
      started.stderr?.on('data', look);
      look();
    });
  started.stdout?.on('data', (data) => {
    output += String(data);
  });
  started.stderr?.on('data', (data) => {
    output += String(data);
  });
  // Not 'close': it never comes once the channel was disconnected from this side.
  const ended = [started.stdout, started.stderr].map((stream) => stream && once(stream, 'end'));
  const exited = once(started, 'exit').then(async ([code]): Promise<unknown> => {
    await Promise.all(ended);
    return code;
  });
  return { process: started, said, exited, output: () => output };
}

const orderly = `{ async start() { console.log('started'); }, async stop() { console.log('stopped'); } }`;

describe('a running service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops once and cleanly on %s', async (signal) => {
    const service = run(orderly);
    await service.said('started');
    service.process.kill(signal);
    expect(await service.exited).toBe(0);
    expect(service.output().match(/stopped/g)).toHaveLength(1);
  });

  it('ends at once on a second signal', async () => {
    const service = run(`{ async start() { console.log('started'); },
      stop() { console.log('stopping now'); return new Promise(() => {}); } }`);
    await service.said('started');
    service.process.kill('SIGTERM');
    await service.said('stopping now');
    service.process.kill('SIGTERM');
    expect(await service.exited).toBe(1);
  });

  it('ends with an error when stopping takes longer than the deadline', async () => {
    const service = run(
      `{ async start() { console.log('started'); }, stop: () => new Promise(() => {}) }`,
      '{ stopDeadlineMs: 100 }',
    );
    await service.said('started');
    service.process.kill('SIGTERM');
    expect(await service.exited).toBe(1);
    expect(service.output()).toContain('not stopped after 100 ms');
  });

  it('has as long to stop as STOP_SECONDS says', async () => {
    const file = join(folder, 'service.mjs');
    writeFileSync(
      file,
      `import { runService } from ${JSON.stringify(door)};
       setInterval(() => {}, 1000);
       await runService({ STOP_SECONDS: 0.1 }, async () => {
         console.log('started');
         return { stop: () => new Promise(() => {}) };
       });`,
    );
    const started = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    await once(started.stdout, 'data');
    let said = '';
    started.stderr.on('data', (data) => {
      said += String(data);
    });
    started.kill('SIGTERM');
    expect(await once(started, 'exit')).toEqual([1, null]);
    expect(said).toContain('not stopped after 100 ms');
  });

  it('logs an unhandled rejection, stops and ends with exit code 1', async () => {
    const service = run(`{ async start() { setTimeout(() => Promise.reject(new Error('lost one')), 20); },
      async stop() { console.log('stopped'); } }`);
    expect(await service.exited).toBe(1);
    expect(service.output()).toMatch(/lost one[\s\S]*stopped/);
  });

  it('ends with exit code 1 when it cannot start', async () => {
    const service = run(`{ async start() { throw new Error('no database'); }, async stop() {} }`);
    expect(await service.exited).toBe(1);
    expect(service.output()).toContain('no database');
  });

  it('stops when the process that forked it is gone', async () => {
    const service = run(orderly, '{}', 'ipc');
    await service.said('started');
    service.process.disconnect();
    expect(await service.exited).toBe(0);
    expect(service.output()).toContain('stopped');
  });
});
