import { z } from 'zod';
import { startNats } from '../nats/start-nats.js';
import { type Database, ensureDatabase } from '../postgres/databases.js';
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

/** A new, empty database on the run's Postgres; outside a run, on a Postgres of its own. */
export async function testDatabase(): Promise<Database> {
  const shared = readShared();
  if (shared) return ensureDatabase(shared.postgres);
  const own = await startPostgres();
  const database = await own.createDatabase();
  return { ...database, drop: () => own.stop() };
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
