import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, describe, expect, it } from 'vitest';
import { findNatsServer } from './find-server.js';
import { type NatsServer, startNats } from './start-nats.js';

let server: NatsServer | undefined;
afterEach(async () => {
  await server?.dispose();
  server = undefined;
});

async function store(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'KEPT', subjects: ['kept.*'] });
  await jetstream(connection).publish('kept.one', 'x');
  await connection.close();
}

async function streamNames(url: string): Promise<string[]> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  const names: string[] = [];
  for await (const stream of manager.streams.list()) names.push(stream.config.name);
  await connection.close();
  return names;
}

describe('a NATS server for tests', () => {
  it('keeps what it stored through SIGKILL and comes back on the same port', async () => {
    server = await startNats();
    await store(server.url);
    const before = server.pid;
    await server.kill();
    await server.start();
    expect(server.pid).not.toBe(before);
    expect(await streamNames(server.url)).toEqual(['KEPT']);
  });

  it('starts with an empty store after a wipe', async () => {
    server = await startNats();
    await store(server.url);
    await server.stop();
    server.wipe();
    await server.start();
    expect(await streamNames(server.url)).toEqual([]);
  });

  it('does not let a running server be wiped', async () => {
    server = await startNats();
    const running = server;
    expect(() => running.wipe()).toThrow(/Stop nats-server/);
  });
});

describe('the search for nats-server', () => {
  function pretendServer(version: string): string {
    const dir = mkdtempSync(join(tmpdir(), 'lucency-pretend-'));
    const file = join(dir, 'nats-server');
    writeFileSync(file, `#!/bin/sh\necho "nats-server: v${version}"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it('refuses a server that is too old by name and version', async () => {
    const old = pretendServer('2.9.25');
    await expect(findNatsServer(() => undefined, { NATS_SERVER_BIN: old })).rejects.toThrow(
      `${old} is nats-server 2.9.25; Lucency needs 2.10 or later`,
    );
    rmSync(join(old, '..'), { recursive: true });
  });

  it('takes what NATS_SERVER_BIN names when it is new enough', async () => {
    const recent = pretendServer('2.10.0');
    expect(await findNatsServer(() => undefined, { NATS_SERVER_BIN: recent })).toBe(recent);
    rmSync(join(recent, '..'), { recursive: true });
  });

  it('says so when NATS_SERVER_BIN is no nats-server', async () => {
    await expect(findNatsServer(() => undefined, { NATS_SERVER_BIN: '/bin/true' })).rejects.toThrow(
      '/bin/true does not say which nats-server it is',
    );
  });

  it('passes over an old server on the PATH and says why', async () => {
    const old = pretendServer('2.2.0');
    const said: string[] = [];
    const found = await findNatsServer((text) => said.push(text), { PATH: join(old, '..') }).catch(() => '');
    expect(found).not.toBe(old);
    expect(said[0]).toContain('nats-server 2.2.0');
    rmSync(join(old, '..'), { recursive: true });
  });
});
