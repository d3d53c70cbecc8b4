import { createBlobStore, timedBlobStore } from '@lucency/blobs';
import { connectToNats, followConnection, natsOptions } from '@lucency/messaging';
import { blobCalls, createLogger, startHealthServer, startTelemetry, watchNats } from '@lucency/service-kit';
import { assembleCoordinator } from './assemble-coordinator.js';
import type { CoordinatorEnvironment } from './environment.js';

export interface CoordinatorApp {
  healthPort: number;
  stop(): Promise<void>;
}

/** Puts a coordinator together that runs apart from the gateways, and starts it. */
export async function startCoordinatorApp(environment: CoordinatorEnvironment): Promise<CoordinatorApp> {
  const log = createLogger({ service: 'coordinator', level: environment.LOG_LEVEL });
  const telemetry = startTelemetry('coordinator', environment);
  const { instruments } = telemetry;
  const connection = await connectToNats(natsOptions(environment, 'coordinator'));
  watchNats(instruments, followConnection(connection));
  const blobs = timedBlobStore(createBlobStore(environment.BLOB_STORE_URL), blobCalls(instruments));
  const coordinator = await assembleCoordinator(environment, { connection, blobs, instruments, log });
  const health = await startHealthServer({
    host: environment.HEALTH_HOST,
    port: environment.HEALTH_PORT,
    notReady: () => (connection.isClosed() ? 'the connection to NATS is closed' : coordinator.notReady()),
    serveMetrics: telemetry.serveMetrics,
  });
  log.info({ port: health.port }, 'coordinator is started');
  return {
    healthPort: health.port,
    stop: async () => {
      await coordinator.stop();
      await connection.drain();
      await health.close();
      await telemetry.stop();
    },
  };
}
