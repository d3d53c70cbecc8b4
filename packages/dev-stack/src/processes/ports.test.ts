import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { builtFile } from './built-file.js';
import { freePort } from './ports.js';

const door = JSON.stringify(pathToFileURL(builtFile('processes/ports.js')).href);

/** What another process gets that asks for this port and goes on running for a while. */
async function portFor(wanted: number): Promise<number> {
  const script = `const { freePort } = await import(${door});
    console.log(await freePort(${wanted})); setTimeout(() => undefined, 1000);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return Number(stdout);
}

it('gives a port to one of several that ask at once, though none listens yet', async () => {
  const wanted = await freePort();
  expect(await freePort(wanted)).not.toBe(wanted);
  const others = await Promise.all([portFor(wanted), portFor(wanted)]);
  expect(new Set([wanted, ...others]).size).toBe(3);
});

it('gives a port again that a process had which is gone', async () => {
  const first = await portFor(31_999);
  expect(await portFor(first)).toBe(first);
});
