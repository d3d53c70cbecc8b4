import type { BlobStore } from '@lucency/blobs';
import { JetStreamLink, type Log } from '@lucency/messaging';
import { readModels } from '@lucency/model/card';
import type { Instruments } from '@lucency/service-kit';
import type { NatsConnection } from '@nats-io/transport-node';
import { type Coordinator, startCoordinator } from './coordination/coordinator.js';
import { watchBacklog } from './coordination/watch-backlog.js';
import { createPool } from './database/pool.js';
import { lackingSchema } from './database/schema-version.js';
import { watchPool } from './database/watch-pool.js';
import { watchDeliveries } from './delivery/watch-deliveries.js';
import type { CoordinatorEnvironment } from './environment.js';

/** Dispatcher, recorder, sweeper and sealer take one each, and results of several organizations may be recorded at once. */
const databaseConnections = 5;

export interface AssembledCoordinator extends Coordinator {
  notReady(): Promise<string | null>;
}

export interface Surroundings {
  connection: NatsConnection;
  blobs: BlobStore;
  instruments: Instruments;
  log: Log;
}

type Settings = Pick<
  CoordinatorEnvironment,
  | 'WORKER_DATABASE_URL'
  | 'NATS_REPLICAS'
  | 'JOB_ACK_WAIT_SECONDS'
  | 'REDISPATCH_SECONDS'
  | 'DISPATCH_POLL_SECONDS'
  | 'SWEEP_SECONDS'
  | 'LUCENCY_MODEL_DIR'
>;

/** A coordinator with its own connections to Postgres, inside a gateway or in a process of its own. */
export async function assembleCoordinator(
  settings: Settings,
  { connection, blobs, instruments, log }: Surroundings,
): Promise<AssembledCoordinator> {
  const pool = createPool({
    url: settings.WORKER_DATABASE_URL,
    max: databaseConnections,
    onIdleError: (error) => log.warn({ error }, 'an idle database connection broke'),
  });
  watchPool(instruments, 'worker', pool);
  watchBacklog(instruments, pool);
  watchDeliveries(instruments, pool);
  const link = new JetStreamLink(connection, {
    ackWaitSeconds: settings.JOB_ACK_WAIT_SECONDS,
    makesStreams: { replicas: settings.NATS_REPLICAS, furtherModels: await furtherModels(settings) },
  });
  await link.restore().catch((error: unknown) => log.warn({ error }, 'streams not ready yet'));
  const coordinator = startCoordinator({
    pool,
    link,
    blobs,
    redispatchSeconds: settings.REDISPATCH_SECONDS,
    pollMs: settings.DISPATCH_POLL_SECONDS * 1000,
    sweepMs: settings.SWEEP_SECONDS > 0 ? settings.SWEEP_SECONDS * 1000 : null,
    instruments,
    log,
  });
  return {
    wake: coordinator.wake,
    notReady: () => lackingSchema(pool),
    stop: async () => {
      await coordinator.stop();
      await pool.end();
    },
  };
}

/** A coordinator needs no model, and knows of several only where they are named. */
async function furtherModels({ LUCENCY_MODEL_DIR }: Pick<Settings, 'LUCENCY_MODEL_DIR'>): Promise<string[]> {
  if (!LUCENCY_MODEL_DIR) return [];
  const [, ...further] = await readModels({ LUCENCY_MODEL_DIR });
  return further.map(({ card }) => card.id);
}
