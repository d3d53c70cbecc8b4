import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath } from '../processes/cache.js';
import { freePort } from '../processes/ports.js';
import { startTethered } from '../processes/tether.js';
import { waitUntilReady } from '../processes/wait-until.js';
import { postgresAccount } from './account.js';

export interface PgBouncer {
  /** The same database and role as this address, through the pooler. */
  through(databaseUrl: string): string;
  stop(): Promise<void>;
}

/** @returns undefined where none is installed: no package registry carries it for every machine. */
export function findPgBouncer(): string | undefined {
  return findOnPath('pgbouncer');
}

/**
 * Starts a real PgBouncer that hands each transaction any connection, in front of the server of these addresses, for
 * their roles. All else is left at its defaults.
 */
export async function startPgBouncer(binary: string, databaseUrls: readonly string[]): Promise<PgBouncer> {
  const dir = mkdtempSync(join(tmpdir(), 'lucency-pgbouncer-'));
  const [address] = databaseUrls.map((url) => new URL(url));
  if (!address) throw new Error('PgBouncer needs the address of a server');
  const port = await freePort();
  const users = databaseUrls
    .map((url) => new URL(url))
    .map(({ username, password }) => `"${username}" "${password}"`);
  const files = {
    'users.txt': users.join('\n'),
    'pgbouncer.ini': [
      '[databases]',
      `* = host=${address.hostname} port=${address.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${join(dir, 'users.txt')}`,
      'pool_mode = transaction',
    ].join('\n'),
  };
  // Like Postgres, it refuses to run as root.
  const account = postgresAccount();
  if (account) chownSync(dir, account.uid, account.gid);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(dir, name), `${text}\n`, { mode: 0o600 });
    if (account) chownSync(join(dir, name), account.uid, account.gid);
  }
  const program = await startTethered({
    name: 'pgbouncer',
    command: binary,
    args: [join(dir, 'pgbouncer.ini')],
    cwd: '/',
    logFile: join(dir, 'pgbouncer.log'),
    stopSignal: 'SIGINT',
    account,
  });
  await waitUntilReady(program, () => accepts(port));
  return {
    through(databaseUrl) {
      const url = new URL(databaseUrl);
      url.port = String(port);
      return url.href;
    },
    async stop() {
      await program.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
