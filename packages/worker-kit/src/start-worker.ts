import { type BlobStore, createBlobStore, timedBlobStore } from '@lucency/blobs';
import type { JobKind } from '@lucency/contracts';
import { createImagePreparer, type ImagePreparer } from '@lucency/imaging';
import {
  connectToNats,
  followConnection,
  JetStreamLink,
  JobIntake,
  type JobIntakeOptions,
  natsOptions,
} from '@lucency/messaging';
import { type Engine, type InstalledModel, readModels } from '@lucency/model/card';
import { locateLungs } from '@lucency/model/lungs';
import { createLungFinder, type LungFinder } from '@lucency/reading/lungs';
import {
  blobCalls,
  createLogger,
  type Instruments,
  jobWatch,
  type Logger,
  startHealthServer,
  startTelemetry,
  watchNats,
} from '@lucency/service-kit';
import type { WorkerEnvironment } from './environment.js';
import { lanesOf } from './lanes.js';

export interface Worker {
  healthPort: number;
  /** Takes nothing new, finishes work in flight, closes. */
  stop(): Promise<void>;
}

/** Parts that tests replace, to see what the service does when one of them fails; it closes them as its own. */
export interface WorkerParts {
  preparer?: ImagePreparer;
  /** Of the model in use. */
  engine?: Engine;
  blobs?: BlobStore;
  log?: Logger;
}

/** What the work of a worker is made with. */
export interface WorkerContext {
  log: Logger;
  instruments: Instruments;
  /** Those the worker is given, the one in use first. */
  models: readonly [InstalledModel, ...InstalledModel[]];
  preparer: ImagePreparer;
  lungs: LungFinder;
  blobs: BlobStore;
  link: JetStreamLink;
  /** Begins to take jobs of a kind, in the lanes of every model. */
  take<Kind extends JobKind>(work: WorkOfKind<Kind>): void;
}

/** One kind of job and what is done with it. */
export type WorkOfKind<Kind extends JobKind> = { kind: Kind } & Pick<
  JobIntakeOptions<Kind>,
  'handle' | 'turn'
>;

export interface WorkerPlan {
  /** What its logs, traces and connection are called. */
  service: 'inference' | 'explain';
  environment: WorkerEnvironment;
  parts: WorkerParts;
  /** How its preparer decodes, unless tests bring their own. */
  preparing: Parameters<typeof createImagePreparer>[0];
  /**
   * Makes what its work needs and begins to take jobs. `close` ends what it made for itself, once nothing is in flight;
   * `ready` goes into the log.
   */
  work(context: WorkerContext): Promise<{ close(): Promise<void>; ready: Record<string, string> }>;
}

/** Puts a worker together and starts it. */
export async function startWorker({
  service,
  environment,
  parts,
  preparing,
  work,
}: WorkerPlan): Promise<Worker> {
  const log = parts.log ?? createLogger({ service, level: environment.LOG_LEVEL });
  const telemetry = startTelemetry(service, environment);
  const { instruments } = telemetry;
  const models = await readModels(environment);
  const preparer = parts.preparer ?? createImagePreparer(preparing);
  const lungs = await createLungFinder(await locateLungs(environment));
  const store = parts.blobs ?? createBlobStore(environment.BLOB_STORE_URL);
  const blobs = timedBlobStore(store, blobCalls(instruments));

  const connection = await connectToNats(natsOptions(environment, service));
  watchNats(instruments, followConnection(connection));
  const link = new JetStreamLink(connection, {
    ackWaitSeconds: environment.JOB_ACK_WAIT_SECONDS,
    makesStreams: null,
  });
  const intakes: { stop(): Promise<void> }[] = [];
  const take: WorkerContext['take'] = (of) => {
    const intake = new JobIntake({
      ...of,
      link,
      lanes: lanesOf(of.kind, models),
      deadlineMs: environment.JOB_DEADLINE_SECONDS * 1000,
      watch: jobWatch(instruments),
      log,
    });
    intakes.push(intake);
  };
  const planned = await work({ log, instruments, models, preparer, lungs, blobs, link, take });
  const health = await startHealthServer({
    host: environment.HEALTH_HOST,
    port: environment.HEALTH_PORT,
    notReady: () => (connection.isClosed() ? 'the connection to NATS is closed' : null),
    serveMetrics: telemetry.serveMetrics,
  });
  log.info({ ...planned.ready, port: health.port }, `${service} is ready`);

  return {
    healthPort: health.port,
    stop: async () => {
      await Promise.all(intakes.map((one) => one.stop()));
      await connection.drain();
      await Promise.all([preparer.close(), lungs.close(), planned.close(), health.close()]);
      await telemetry.stop();
    },
  };
}
