import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { startNats } from '../nats/start-nats.js';
import { type Collation, type Database, ensureDatabase } from '../postgres/databases.js';
import { startPostgres } from '../postgres/start-postgres.js';

/** Where the run's servers are, as the global setup leaves it in the environment for every test process. */
export const sharedServersVariable = 'LUCENCY_TEST_SERVERS';

const sharedServers = z.object({
  postgres: z.object({
    host: z.string(),
    port: z.number(),
    passwords: z.object({
      postgres: z.string(),
      lucency_owner: z.string(),
      lucency_app: z.string(),
      lucency_worker: z.string(),
    }),
  }),
  natsUrl: z.string(),
});

export interface TestNats {
  url: string;
  /** Stops the server when it is this test's own; does nothing to the shared one. */
  stop(): Promise<void>;
}

/**
 * A new, empty database on the run's Postgres; outside a run, on a Postgres of its own. It sorts as most databases in
 * the field do, by a locale: what relies on the order of code points must say so.
 */
export async function testDatabase(collation: Collation = 'icu'): Promise<Database> {
  const shared = readShared();
  if (shared) return ensureDatabase(shared.postgres, { collation });
  const own = await startPostgres();
  const database = await ensureDatabase(own.address, { collation });
  return { ...database, drop: () => own.stop() };
}

/** Whether databases of this kind can be made here; undefined, or what is missing. */
export function lacksCollation(collation: Collation): string | undefined {
  if (collation !== 'libc') return undefined;
  const locales = execFileSync('locale', ['-a'], { encoding: 'utf8' }).toLowerCase().split('\n');
  const found = locales.some((name) => name.startsWith('en_us.utf'));
  return found ? undefined : 'this machine has no locale en_US.UTF-8';
}

/**
 * The run's NATS server, shared by every test file: for tests that use it without making streams.
 * Streams are per server, so a test with streams starts its own: `startNats()` takes 50 ms.
 */
export async function testNats(): Promise<TestNats> {
  const shared = readShared();
  if (shared) return { url: shared.natsUrl, stop: async () => undefined };
  const own = await startNats();
  return { url: own.url, stop: () => own.dispose() };
}

function readShared() {
  const text = process.env[sharedServersVariable];
  return text ? sharedServers.parse(JSON.parse(text)) : undefined;
}
