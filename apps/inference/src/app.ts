import { type BlobStore, createBlobStore, timedBlobStore } from '@lucency/blobs';
import { createImagePreparer, type ImagePreparer, Places } from '@lucency/imaging';
import { createLungFinder } from '@lucency/imaging/lungs';
import {
  connectToNats,
  followConnection,
  JetStreamLink,
  JobIntake,
  natsOptions,
} from '@lucency/messaging/nats';
import { type Engine, locateModel, readModelCard, readReport } from '@lucency/model/card';
import { locateLungs } from '@lucency/model/lungs';
import {
  blobCalls,
  createLogger,
  jobWatch,
  type Logger,
  startHealthServer,
  startTelemetry,
  watchNats,
} from '@lucency/service-kit';
import { measuredEngine } from './adapters/measured-engine.js';
import { openEngine } from './adapters/open-engine.js';
import { type ClassifyDeps, classifyStudy } from './classify/classify-study.js';
import { ScoreDrift } from './classify/drift.js';
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
  const telemetry = startTelemetry('inference', environment);
  const { instruments } = telemetry;
  const modelDir = environment.LUCENCY_MODEL_DIR ?? (await locateModel());
  const card = await readModelCard(modelDir);
  const { ENGINE: name, ENGINE_DEVICE: device, ENGINE_THREADS: threads, PREPARE_THREADS } = environment;
  const engine = measuredEngine(
    parts.engine ?? (await openEngine({ name, modelDir, threads, device })),
    instruments,
  );
  const preparer = parts.preparer ?? createImagePreparer({ processes: PREPARE_THREADS, maxHeavyWaiting: 1 });
  const lungs = await createLungFinder(await locateLungs(environment));
  const store = parts.blobs ?? createBlobStore(environment.BLOB_STORE_URL);
  const blobs = timedBlobStore(store, blobCalls(instruments));

  const connection = await connectToNats(natsOptions(environment, 'inference'));
  watchNats(instruments, followConnection(connection));
  const link = new JetStreamLink(connection, {
    ackWaitSeconds: environment.JOB_ACK_WAIT_SECONDS,
    makesStreams: null,
  });
  const report = await readReport(modelDir).catch((error: unknown) => {
    log.warn({ error }, 'the report of the model cannot be read; drift is not measured');
    return undefined;
  });
  const drift = new ScoreDrift(report?.reliability ?? []);
  instruments.watch('lucency_reading_drift', () => {
    const value = drift.index();
    return value === null ? [] : [{ value, labels: {} }];
  });
  const deps: ClassifyDeps = {
    blobs,
    largeFiles: new Places(1, 1),
    preparer,
    lungs,
    engine,
    card,
    onReading: (probability) => {
      drift.add(probability);
      instruments.observe('lucency_reading_probability', probability, {});
    },
  };
  const deadlineMs = environment.JOB_DEADLINE_SECONDS * 1000;
  const intake = new JobIntake({
    link,
    kind: 'classify',
    lanes,
    deadlineMs,
    handle: (job) => classifyStudy(job, deps),
    watch: jobWatch(instruments),
    log,
  });
  const health = await startHealthServer({
    host: environment.HEALTH_HOST,
    port: environment.HEALTH_PORT,
    notReady: () => (connection.isClosed() ? 'the connection to NATS is closed' : null),
    serveMetrics: telemetry.serveMetrics,
  });
  log.info({ engine: engine.name, modelId: engine.modelId, port: health.port }, 'inference is ready');

  return {
    healthPort: health.port,
    stop: async () => {
      await intake.stop();
      await connection.drain();
      await Promise.all([preparer.close(), lungs.close(), engine.close(), health.close()]);
      await telemetry.stop();
    },
  };
}
