import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/ports.js';
import { startTethered, type Tethered } from '../processes/tether.js';
import { waitUntilReady } from '../processes/wait-until.js';
import { postgresAccount, reachableBinaries } from './account.js';
import { findPostgresBinaries } from './binaries.js';
import { openCluster, waitForEarlierServer } from './cluster.js';
import {
  answers,
  type Database,
  ensureDatabase,
  ensureRoles,
  type PostgresAddress,
  postgresUrl,
} from './databases.js';

export interface PostgresOptions {
  /** Keeps the data here; without it the server lives in a temporary folder, removed by stop(). */
  dir?: string;
  port?: number;
  logFile?: string;
}

export interface PostgresServer {
  /** The superuser's address: for making databases only, no service ever gets it. */
  url: string;
  port: number;
  pid: number;
  address: PostgresAddress;
  /** The running program, for whoever watches over it. */
  program: Tethered;
  /** Makes a database under that name (or opens it), or under a random one. */
  createDatabase(name?: string): Promise<Database>;
  stop(): Promise<void>;
}

/** A laptop's disk may lose power; a test's data may not even outlive the test. */
const carelessSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'jit=off',
  // The details of a refused row are its values.
  'log_error_verbosity=terse',
];

/** Starts a real Postgres and makes the roles lucency_owner, lucency_app and lucency_worker on it. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const account = postgresAccount();
  const found = findPostgresBinaries();
  const native = reachableBinaries(found.native, found.version, account);
  const temporary = options.dir === undefined;
  const dir = options.dir ?? temporaryFolder();
  const cluster = await openCluster(dir, native, account);
  await waitForEarlierServer(cluster.dataFolder);

  const port = options.port ?? (await freePort());
  const chosen = [...settings, ...(temporary ? carelessSettings : [])];
  const program = await startTethered({
    name: 'postgres',
    command: join(native, 'bin/postgres'),
    args: ['-D', cluster.dataFolder, '-p', String(port), ...chosen.flatMap((setting) => ['-c', setting])],
    cwd: '/',
    logFile: options.logFile ?? join(dir, 'postgres.log'),
    stopSignal: 'SIGINT',
    account,
  });
  const address: PostgresAddress = { host: '127.0.0.1', port, passwords: cluster.passwords };
  await waitUntilReady(program, () => answers(address));
  await ensureRoles(address);

  return {
    url: postgresUrl(address, 'postgres', 'postgres'),
    port,
    pid: program.pid,
    address,
    program,
    createDatabase: (name) => ensureDatabase(address, { name }),
    async stop() {
      await program.stop();
      if (!temporary) return;
      rmSync(dir, { recursive: true, force: true });
      rmSync(cluster.dataFolder, { recursive: true, force: true });
    },
  };
}

/** mkdtemp keeps others out, but the account that Postgres runs as has to pass through. */
function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lucency-postgres-'));
  chmodSync(dir, 0o711);
  return dir;
}
