import { type BlobStore, createBlobStore } from '@lucency/blobs';
import { createImagePreparer, type ImagePreparer } from '@lucency/imaging';
import { connectToNats, JetStreamLink, JobIntake, natsOptions } from '@lucency/messaging/nats';
import { type Engine, locateModel, readModelCard } from '@lucency/model/card';
import { createLogger, type Logger, startHealthServer } from '@lucency/service-kit';
import { openEngine } from './adapters/open-engine.js';
import { type ClassifyDeps, classifyStudy } from './classify/classify-study.js';
import type { Environment } from './environment.js';
import { lanes } from './lanes.js';

export interface App {
  healthPort: number;
  /** Takes nothing new, finishes what is in hand, closes. */
  stop(): Promise<void>;
}

/** Parts that tests replace, to see what the service does when one of them fails; it closes them as its own. */
export interface InferenceParts {
  preparer?: ImagePreparer;
  engine?: Engine;
  blobs?: BlobStore;
  log?: Logger;
}

/** Puts the service together and starts it. */
export async function startApp(environment: Environment, parts: InferenceParts = {}): Promise<App> {
  const log = parts.log ?? createLogger({ service: 'inference', level: environment.LOG_LEVEL });
  const modelDir = environment.LUCENCY_MODEL_DIR ?? (await locateModel());
  const card = await readModelCard(modelDir);
  const { ENGINE: name, ENGINE_DEVICE: device, ENGINE_THREADS: threads, PREPARE_THREADS } = environment;
  const engine = parts.engine ?? (await openEngine({ name, modelDir, threads, device }));
  const preparer = parts.preparer ?? createImagePreparer({ threads: PREPARE_THREADS });
  const blobs = parts.blobs ?? createBlobStore(environment.BLOB_STORE_URL);

  const connection = await connectToNats(natsOptions(environment, 'inference'));
  const link = new JetStreamLink(connection, {
    ackWaitSeconds: environment.JOB_ACK_WAIT_SECONDS,
    makesStreams: null,
  });
  const deps: ClassifyDeps = { blobs, preparer, engine, card };
  const deadlineMs = environment.JOB_DEADLINE_SECONDS * 1000;
  const intake = new JobIntake({
    link,
    kind: 'classify',
    lanes,
    deadlineMs,
    handle: (job) => classifyStudy(job, deps),
    log,
  });
  const health = await startHealthServer({
    port: environment.HEALTH_PORT,
    notReady: () => (connection.isClosed() ? 'the connection to NATS is closed' : null),
  });
  log.info({ engine: engine.name, modelId: engine.modelId, port: health.port }, 'inference is ready');

  return {
    healthPort: health.port,
    stop: async () => {
      await intake.stop();
      await connection.drain();
      await Promise.all([preparer.close(), engine.close(), health.close()]);
    },
  };
}
