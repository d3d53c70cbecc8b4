import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { downloadServer } from './official-release.js';

const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
let scratch: string;
let archive: Buffer;
let server: Server;
let address: string;
let asked: string[];

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'lucency-release-'));
  vi.stubEnv('XDG_CACHE_HOME', join(scratch, 'cache'));
  const name = `nats-server-v9.9.9-${platform}`;
  mkdirSync(join(scratch, name));
  writeFileSync(join(scratch, name, 'nats-server'), '#!/bin/sh\necho nats-server: v9.9.9\n');
  execFileSync('tar', ['-czf', 'archive.tar.gz', name], { cwd: scratch });
  archive = readFileSync(join(scratch, 'archive.tar.gz'));
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

const pinned = (sha256: string) => ({ version: '9.9.9', archives: { [platform]: sha256 } });

it('refuses an archive that is not the pinned one', async () => {
  await expect(downloadServer(pinned('0'.repeat(64)), undefined, address)).rejects.toThrow(/SHA-256/);
});

it('downloads the release for this platform once and leaves an executable', async () => {
  asked = [];
  const release = pinned(createHash('sha256').update(archive).digest('hex'));
  const [first, second] = await Promise.all([
    downloadServer(release, undefined, address),
    downloadServer(release, undefined, address),
  ]);
  expect(first).toBe(second);
  expect(asked).toEqual([`/v9.9.9/nats-server-v9.9.9-${platform}.tar.gz`]);
  expect(execFileSync(first ?? '', { encoding: 'utf8' })).toContain('v9.9.9');
});

it('has no release for a platform whose checksum nobody pinned', async () => {
  expect(await downloadServer({ version: '9.9.9', archives: {} }, undefined, address)).toBeUndefined();
});
