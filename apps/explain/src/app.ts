import { type BlobStore, createBlobStore, timedBlobStore } from '@lucency/blobs';
import { createImagePreparer, type ImagePreparer } from '@lucency/imaging';
import { createLungFinder } from '@lucency/imaging/lungs';
import { openEngine } from '@lucency/inference';
import {
  connectToNats,
  followConnection,
  JetStreamLink,
  JobIntake,
  natsOptions,
} from '@lucency/messaging/nats';
import { type Engine, locateModel, readModelCard } from '@lucency/model/card';
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
import { urgentBacklog } from './adapters/backlog.js';
import { lazily } from './adapters/lazily.js';
import type { Environment } from './environment.js';
import { explainStudy } from './explain/explain-study.js';
import { explainLanes, scoreLanes } from './lanes.js';
import { scoreStudy } from './score/score-study.js';
import { whenIdle } from './score/when-idle.js';

export interface App {
  healthPort: number;
  /** Takes nothing new, finishes what is in hand, closes. */
  stop(): Promise<void>;
}

/** Parts that tests replace, to see what the service does when one of them fails; it closes them as its own. */
export interface ExplainParts {
  preparer?: ImagePreparer;
  engine?: Engine;
  blobs?: BlobStore;
  log?: Logger;
}

/** Puts the service together and starts it. */
export async function startApp(environment: Environment, parts: ExplainParts = {}): Promise<App> {
  const log = parts.log ?? createLogger({ service: 'explain', level: environment.LOG_LEVEL });
  const telemetry = startTelemetry('explain', environment);
  const { instruments } = telemetry;
  const modelDir = environment.LUCENCY_MODEL_DIR ?? (await locateModel());
  const card = await readModelCard(modelDir);
  const { ENGINE: name, ENGINE_DEVICE: device, ENGINE_THREADS: threads } = environment;
  const ownEngine = lazily(
    async () => parts.engine ?? (await openEngine({ name, modelDir, threads, device })),
  );
  const preparer = parts.preparer ?? createImagePreparer({ processes: 1 });
  const lungs = await createLungFinder(await locateLungs(environment));
  const store = parts.blobs ?? createBlobStore(environment.BLOB_STORE_URL);
  const blobs = timedBlobStore(store, blobCalls(instruments));

  const connection = await connectToNats(natsOptions(environment, 'explain'));
  watchNats(instruments, followConnection(connection));
  const link = new JetStreamLink(connection, {
    ackWaitSeconds: environment.JOB_ACK_WAIT_SECONDS,
    makesStreams: null,
  });
  const deps = {
    blobs,
    preparer,
    lungs,
    engine: ownEngine.get,
    card,
    urgentBacklog: () => urgentBacklog(link),
  };
  const deadlineMs = environment.JOB_DEADLINE_SECONDS * 1000;
  const explaining = new JobIntake({
    link,
    kind: 'explain',
    lanes: explainLanes,
    deadlineMs,
    handle: (job) => explainStudy(job, deps),
    watch: jobWatch(instruments),
    log,
  });
  const scoring = new JobIntake({
    link,
    kind: 'score',
    lanes: scoreLanes,
    turn: (ending) => whenIdle(deps.urgentBacklog, ending),
    deadlineMs,
    handle: (job) => scoreStudy(job, deps),
    watch: jobWatch(instruments),
    log,
  });
  const health = await startHealthServer({
    host: environment.HEALTH_HOST,
    port: environment.HEALTH_PORT,
    notReady: () => (connection.isClosed() ? 'the connection to NATS is closed' : null),
    serveMetrics: telemetry.serveMetrics,
  });
  log.info({ modelId: card.id, port: health.port }, 'explain is ready');

  return {
    healthPort: health.port,
    stop: async () => {
      await Promise.all([explaining.stop(), scoring.stop()]);
      await connection.drain();
      const engine = await ownEngine.made()?.catch(() => null);
      await Promise.all([preparer.close(), lungs.close(), engine?.close(), health.close()]);
      await telemetry.stop();
    },
  };
}
