import { createBlobStore, timedBlobStore } from '@lucency/blobs';
import {
  announceChange,
  connectToNats,
  followConnection,
  hintTasksDue,
  natsOptions,
} from '@lucency/messaging';
import { locateModel, readModelCard, readReport } from '@lucency/model/card';
import { blobCalls, createLogger, startHealthServer, startTelemetry, watchNats } from '@lucency/service-kit';
import { SignedAddresses } from './addresses/signed-addresses.js';
import { admit } from './admission/admit.js';
import { HoldBack } from './admission/hold-back.js';
import { WorkloadReader } from './admission/workload.js';
import { assembleCoordinator } from './assemble-coordinator.js';
import { createPool } from './database/pool.js';
import { createPrisma } from './database/reader.js';
import { lackingSchema } from './database/schema-version.js';
import { watchPool } from './database/watch-pool.js';
import type { Environment } from './environment.js';
import type { ArrivalLimits } from './http/limits/arrival.js';
import { startServer } from './http/server.js';
import { createAuthenticator } from './identity/authenticator.js';
import { ChangeHub } from './realtime/change-hub.js';

export interface App {
  /** Where it listens; differs from the environment when that asked for any free port. */
  url: string;
  healthPort: number;
  stop(): Promise<void>;
}

/** About as many as are served within a second or two; whoever comes on top of them is told to come back. */
const waitingPerConnection = 10;

export interface AppOptions {
  /** Standard output when left out. */
  logDestination?: { write(line: string): void };
  arrival?: ArrivalLimits;
}

/** Puts the gateway together and starts it. */
export async function startApp(environment: Environment, options: AppOptions = {}): Promise<App> {
  const { logDestination: destination, arrival } = options;
  const log = createLogger({
    service: 'gateway',
    level: environment.LOG_LEVEL,
    ...(destination && { destination }),
  });
  const telemetry = startTelemetry('gateway', environment);
  const { instruments } = telemetry;
  const onIdleError = (error: Error) => log.warn({ error }, 'an idle database connection broke');
  const openPool = (name: 'app' | 'reader') => {
    const max = environment.DATABASE_POOL;
    const opened = createPool({
      url: environment.DATABASE_URL,
      max,
      maxWaiting: waitingPerConnection * max,
      onIdleError,
    });
    watchPool(instruments, name, opened);
    return opened;
  };
  const pool = openPool('app');
  const prisma = createPrisma(openPool('reader'));
  const blobs = timedBlobStore(createBlobStore(environment.BLOB_STORE_URL), blobCalls(instruments));
  const connection = await connectToNats(natsOptions(environment, 'gateway'));
  watchNats(instruments, followConnection(connection));
  // The schema asks for the address where a coordinator runs inside.
  const { COORDINATOR, WORKER_DATABASE_URL, ...settings } = environment;
  const coordinator =
    COORDINATOR === 'inside' && WORKER_DATABASE_URL
      ? await assembleCoordinator(
          { ...settings, WORKER_DATABASE_URL },
          { connection, blobs, instruments, log },
        )
      : null;
  const hub = new ChangeHub(connection);
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = environment;
  const signingKey = new TextEncoder().encode(environment.ADDRESS_SIGNING_KEY);
  const addresses = new SignedAddresses(environment.PUBLIC_URL, signingKey);
  const modelDir = await locateModel(environment);
  const card = await readModelCard(modelDir);
  const report = await readReport(modelDir);
  const routineLimit = environment.ADMISSION_MAX_WAIT_SECONDS;
  const limits = { ROUTINE: routineLimit, STAT: 2 * routineLimit };
  const workload = new WorkloadReader(pool);

  const server = await startServer({
    host: environment.HOST,
    port: environment.PORT,
    portalOrigins: environment.PORTAL_ORIGIN,
    authenticator: createAuthenticator({ issuer, audience, pool }),
    introspection: environment.INTROSPECTION === 'on',
    ...(arrival && { arrival }),
    blobs,
    log,
    schemaDeps: {
      pool,
      prisma,
      addresses,
      blobs,
      card,
      report,
      hub,
      workload,
      holdBack: new HoldBack(),
      admit: async (study) => admit(await workload.read(), study, limits),
      instruments,
      announce: (change) => {
        announceChange(connection, change);
        coordinator?.wake();
        hintTasksDue(connection);
      },
    },
  });
  const health = await startHealthServer({
    host: environment.HEALTH_HOST,
    port: environment.HEALTH_PORT,
    notReady: async () => (connection.isClosed() ? 'the connection to NATS is closed' : lackingSchema(pool)),
    serveMetrics: telemetry.serveMetrics,
  });
  log.info({ port: server.port }, 'gateway is started');

  return {
    url: `http://localhost:${server.port}`,
    healthPort: health.port,
    stop: async () => {
      await server.close();
      hub.close();
      await coordinator?.stop();
      await connection.drain();
      await Promise.all([prisma.$disconnect(), pool.end(), health.close()]);
      await telemetry.stop();
    },
  };
}
