import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtFile } from './built-file.js';
import { startTethered } from './tether.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lucency-tether-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (condition()) return true;
    await sleep(50);
  }
  return false;
}

describe('a tethered program', () => {
  it('has the process number that it was started under, and stops when asked', async () => {
    const program = await startTethered({
      name: 'sleeper',
      command: 'sleep',
      args: ['60'],
      logFile: join(folder, 'log'),
    });
    expect(isAlive(program.pid)).toBe(true);
    expect(await program.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(isAlive(program.pid)).toBe(false);
  });

  it('is killed when it does not stop in time', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('deaf');`;
    const program = await startTethered({
      name: 'stubborn',
      command: process.execPath,
      args: ['-e', stubborn],
      logFile: join(folder, 'log'),
    });
    await until(() => program.tail().includes('deaf'));
    expect(await program.stop(200)).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('says what could not be started', async () => {
    const program = await startTethered({
      name: 'nothing',
      command: '/no/such/program',
      args: [],
      logFile: join(folder, 'log'),
    });
    expect(await program.exited).toEqual({ code: 127, signal: null });
    expect(program.tail()).toContain('/no/such/program');
  });

  it('ends, with all that it started, when its parent is killed', async () => {
    // sh starts the grandchild and leaves both numbers where the test finds them.
    const script = 'sleep 60 & echo "$$ $!" > "$0"; wait';
    const parent = join(folder, 'parent.mjs');
    writeFileSync(
      parent,
      `import { startTethered } from ${JSON.stringify(pathToFileURL(builtFile('processes/tether.js')).href)};
       await startTethered({ name: 'family', command: '/bin/sh', args: ['-c', ${JSON.stringify(script)},
         ${JSON.stringify(join(folder, 'pids'))}], logFile: ${JSON.stringify(join(folder, 'log'))} });
       setInterval(() => {}, 1000);`,
    );
    const parentProcess = spawn(process.execPath, [parent], { stdio: 'inherit' });
    const pids = () => readFileSync(join(folder, 'pids'), 'utf8').trim().split(' ').map(Number);
    await until(() => existsSync(join(folder, 'pids')) && pids().length === 2);
    expect(pids().every(isAlive)).toBe(true);
    parentProcess.kill('SIGKILL');
    await once(parentProcess, 'exit');
    expect(await until(() => !pids().some(isAlive))).toBe(true);
  });
});
