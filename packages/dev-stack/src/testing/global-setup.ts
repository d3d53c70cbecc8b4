import { startNats } from '../nats/start-nats.js';
import { startPostgres } from '../postgres/start-postgres.js';
import { sharedServersVariable } from './shared-servers.js';

/** One Postgres and one NATS server for the whole run; vitest calls what this returns at the end. */
export default async function startSharedServers(): Promise<() => Promise<void>> {
  const [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  process.env[sharedServersVariable] = JSON.stringify({ postgres: postgres.address, natsUrl: nats.url });
  return async () => {
    await Promise.all([postgres.stop(), nats.dispose()]);
  };
}
