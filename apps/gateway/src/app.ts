import { createBlobStore } from '@lucency/blobs';
import { streams, subjects } from '@lucency/messaging';
import {
  announceChange,
  connectToNats,
  defaultTopology,
  hintTasksDue,
  JetStreamLink,
} from '@lucency/messaging/nats';
import { locateModel, readModelCard, readReport } from '@lucency/model/card';
import { createLogger, startHealthServer } from '@lucency/service-kit';
import { SignedAddresses } from './addresses/signed-addresses.js';
import { startCoordinator } from './coordination/coordinator.js';
import { createPool } from './database/pool.js';
import { createPrisma } from './database/reader.js';
import type { Environment } from './environment.js';
import { startServer } from './http/server.js';
import { createAuthenticator, lookUp } from './identity/authenticator.js';
import { ChangeHub } from './realtime/change-hub.js';
import type { TaskAddress } from './submission/retry-study.js';

export interface App {
  /** Where it listens; differs from the environment when that asked for any free port. */
  url: string;
  healthPort: number;
  stop(): Promise<void>;
}

/** Puts the gateway together and starts it. */
export async function startApp(environment: Environment): Promise<App> {
  const log = createLogger({ service: 'gateway', level: environment.LOG_LEVEL });
  const onIdleError = (error: Error) => log.warn({ error }, 'an idle database connection broke');
  const max = environment.DATABASE_POOL;
  const pool = createPool({ url: environment.DATABASE_URL, max, onIdleError });
  const workerPool = createPool({ url: environment.WORKER_DATABASE_URL, max: 5, onIdleError });
  const prisma = createPrisma(environment.DATABASE_URL, max);
  const blobs = createBlobStore(environment.BLOB_STORE_URL);
  const connection = await connectToNats({ servers: environment.NATS_URL, name: 'gateway' });
  const link = new JetStreamLink(connection, {
    ...defaultTopology,
    ackWaitSeconds: environment.JOB_ACK_WAIT_SECONDS,
    replicas: environment.NATS_REPLICAS,
  });
  await link.restore().catch((error: unknown) => log.warn({ error }, 'streams not ready yet'));

  const coordinator = startCoordinator({
    pool: workerPool,
    link,
    blobs,
    redispatchSeconds: environment.REDISPATCH_SECONDS,
    pollMs: environment.DISPATCH_POLL_SECONDS * 1000,
    sweepMs: environment.SWEEP_SECONDS > 0 ? environment.SWEEP_SECONDS * 1000 : null,
    log,
  });
  const hub = new ChangeHub(connection);
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = environment;
  const signingKey = new TextEncoder().encode(environment.ADDRESS_SIGNING_KEY);
  const addresses = new SignedAddresses(environment.PUBLIC_URL, signingKey);
  const modelDir = environment.LUCENCY_MODEL_DIR ?? (await locateModel());
  const card = await readModelCard(modelDir);
  const report = await readReport(modelDir);

  const server = await startServer({
    host: environment.HOST,
    port: environment.PORT,
    portalOrigins: environment.PORTAL_ORIGIN,
    authenticate: createAuthenticator({ issuer, audience, pool }),
    renew: ({ subject, expiresAt }) => lookUp(pool, issuer, subject, expiresAt),
    blobs,
    log,
    schemaDeps: {
      pool,
      prisma,
      addresses,
      card,
      report,
      hub,
      purge: async (tasks) => {
        await Promise.all(tasks.map((task) => purgeJob(link, task))).catch((error: unknown) => {
          log.warn({ error }, 'could not take old jobs out of NATS; their results will be dropped');
        });
      },
      announce: (change) => {
        announceChange(connection, change);
        coordinator.wake();
        hintTasksDue(connection);
      },
    },
  });
  const health = await startHealthServer({
    port: environment.HEALTH_PORT,
    ready: async () => {
      await pool.query('SELECT 1');
      return !connection.isClosed();
    },
  });
  log.info({ port: server.port }, 'gateway is ready');

  return {
    url: `http://localhost:${server.port}`,
    healthPort: health.port,
    stop: async () => {
      await server.close();
      hub.close();
      await coordinator.stop();
      await connection.drain();
      await Promise.all([prisma.$disconnect(), pool.end(), workerPool.end(), health.close()]);
    },
  };
}

async function purgeJob(link: JetStreamLink, { id, kind, priority }: TaskAddress): Promise<void> {
  const manager = await link.manager();
  await manager.streams.purge(streams.jobs, { filter: subjects.job(kind, priority, id) });
}
