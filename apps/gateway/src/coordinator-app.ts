import { createBlobStore } from '@lucency/blobs';
import { connectToNats, natsOptions } from '@lucency/messaging/nats';
import { createLogger, startHealthServer } from '@lucency/service-kit';
import { assembleCoordinator } from './coordination/assemble.js';
import type { CoordinatorEnvironment } from './environment.js';

export interface CoordinatorApp {
  healthPort: number;
  stop(): Promise<void>;
}

/** Puts a coordinator together that runs apart from the gateways, and starts it. */
export async function startCoordinatorApp(environment: CoordinatorEnvironment): Promise<CoordinatorApp> {
  const log = createLogger({ service: 'coordinator', level: environment.LOG_LEVEL });
  const connection = await connectToNats(natsOptions(environment, 'coordinator'));
  const blobs = createBlobStore(environment.BLOB_STORE_URL);
  const coordinator = await assembleCoordinator(environment, { connection, blobs, log });
  const health = await startHealthServer({
    port: environment.HEALTH_PORT,
    notReady: () => (connection.isClosed() ? 'the connection to NATS is closed' : coordinator.notReady()),
  });
  log.info({ port: health.port }, 'coordinator is started');
  return {
    healthPort: health.port,
    stop: async () => {
      await coordinator.stop();
      await connection.drain();
      await health.close();
    },
  };
}
