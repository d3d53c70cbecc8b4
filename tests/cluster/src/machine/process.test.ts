import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recallProcess, recordProcess } from './process.js';

const file = () => join(mkdtempSync(join(tmpdir(), 'lucency-process-')), 'process.json');

it.skipIf(process.platform !== 'linux')('recalls a process for as long as it runs (on Linux)', async () => {
  const recorded = file();
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  await recordProcess(recorded, child.pid ?? 0);
  expect((await recallProcess(recorded))?.pid).toBe(child.pid);
  child.kill();
  await once(child, 'exit');
  expect(await recallProcess(recorded)).toBeUndefined();
});

it.skipIf(process.platform !== 'linux')(
  'takes no other process of the same number for it (on Linux)',
  async () => {
    const recorded = file();
    writeFileSync(recorded, JSON.stringify({ pid: process.pid, startedAt: '1' }));
    expect(await recallProcess(recorded)).toBeUndefined();
  },
);
