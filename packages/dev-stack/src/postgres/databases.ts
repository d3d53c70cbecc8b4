import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Passwords } from './cluster.js';

export interface Database {
  name: string;
  /** Owns the database and runs migrations; not a superuser, and bound by row-level security. */
  ownerUrl: string;
  /** The gateway's requests, under row-level security. */
  appUrl: string;
  /** The dispatcher, recorder and sweeper, under policies of their own. */
  workerUrl: string;
  drop(): Promise<void>;
}

/** Enough to make databases on a running server, from any process. */
export interface PostgresAddress {
  host: string;
  port: number;
  passwords: Passwords;
}

type Role = keyof Passwords;
const loginRoles = ['lucency_owner', 'lucency_app', 'lucency_worker'] as const;

export function postgresUrl({ host, port, passwords }: PostgresAddress, role: Role, database: string) {
  return `postgresql://${role}:${passwords[role]}@${host}:${port}/${database}`;
}

/** Makes the three login roles, or gives them their passwords again. */
export async function ensureRoles(address: PostgresAddress): Promise<void> {
  await asSuperuser(address, async (client) => {
    const present = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles');
    const names = new Set(present.rows.map((row) => row.rolname));
    for (const role of loginRoles) {
      const verb = names.has(role) ? 'ALTER' : 'CREATE';
      await client.query(
        `${verb} ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE INHERIT ` +
          `PASSWORD ${client.escapeLiteral(address.passwords[role])}`,
      );
    }
  });
}

/** How a database sorts text. `builtin` is the server's own; a libc locale must be installed on the machine. */
export const collations = {
  builtin: '',
  icu: "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'",
  libc: "TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'en_US.UTF-8'",
} as const;
export type Collation = keyof typeof collations;

/** Makes a database owned by lucency_owner, or opens the one of that name. */
export async function ensureDatabase(
  address: PostgresAddress,
  {
    name = `test_${randomBytes(6).toString('hex')}`,
    collation = 'builtin',
  }: { name?: string | undefined; collation?: Collation } = {},
): Promise<Database> {
  await asSuperuser(address, async (client) => {
    const identifier = client.escapeIdentifier(name);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${identifier} OWNER lucency_owner ${collations[collation]}`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${identifier} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${identifier} TO lucency_app, lucency_worker`);
  });
  return {
    name,
    ownerUrl: postgresUrl(address, 'lucency_owner', name),
    appUrl: postgresUrl(address, 'lucency_app', name),
    workerUrl: postgresUrl(address, 'lucency_worker', name),
    drop: () =>
      asSuperuser(address, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
      }),
  };
}

/** Whether the server accepts connections by now. */
export async function answers(address: PostgresAddress): Promise<boolean> {
  try {
    await asSuperuser(address, async (client) => {
      await client.query('SELECT 1');
    });
    return true;
  } catch {
    return false;
  }
}

async function asSuperuser(address: PostgresAddress, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: postgresUrl(address, 'postgres', 'postgres') });
  // Without a listener, a server that goes away in mid-query would end this process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
