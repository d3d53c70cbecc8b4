import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Database,
  demoDirectory,
  freePort,
  type NatsServer,
  type SignInServer,
  startNats,
  startSignIn,
  testDatabase,
} from '@lucency/dev-stack';
import type { Pool } from 'pg';
import { type App, startApp } from '../app.js';
import { migrate } from '../database/migrate.js';
import { createPool } from '../database/pool.js';
import { environment } from '../environment.js';
import type { ArrivalLimits } from '../http/limits/arrival.js';
import { directory, provision } from '../identity/directory.js';
import { TestClient } from './test-client.js';

export interface TestGateway {
  url: string;
  healthPort: number;
  portalOrigin: string;
  nats: NatsServer;
  signIn: SignInServer;
  workerPool: Pool;
  ownerUrl: string;
  workerUrl: string;
  blobStoreUrl: string;
  /** Lines of the gateway's log so far, from `warn` on unless the settings say otherwise. */
  log: { level: string; msg: string; text: string }[];
  client(subject: string): TestClient;
  close(): Promise<void>;
}

/**
 * A gateway with everything it needs, in this process; nobody works on its jobs.
 * @param settings over those of the environment
 * @param database an empty one, dropped at the end
 */
export async function startTestGateway(
  settings: Record<string, string> = {},
  { arrival, database: given }: { arrival?: ArrivalLimits; database?: Database } = {},
): Promise<TestGateway> {
  const log: TestGateway['log'] = [];
  const portalOrigin = 'http://portal.test';
  const [database, nats, signIn, blobFolder, port] = await Promise.all([
    given ?? testDatabase(),
    startNats(),
    startSignIn({ portalOrigins: [portalOrigin] }),
    mkdtemp(path.join(tmpdir(), 'lucency-blobs-')),
    freePort(),
  ]);
  await migrate(database.ownerUrl);
  const ownerPool = createPool({ url: database.ownerUrl, max: 1, onIdleError: () => undefined });
  await provision(ownerPool, signIn.issuer, directory.parse(demoDirectory));
  await ownerPool.end();
  const workerPool = createPool({ url: database.workerUrl, max: 2, onIdleError: () => undefined });
  const url = `http://localhost:${port}`;
  const blobStoreUrl = `file://${blobFolder}`;
  const app: App = await startApp(
    environment.parse({
      PORT: String(port),
      HEALTH_PORT: '0',
      LOG_LEVEL: 'warn',
      DATABASE_URL: database.appUrl,
      ...(settings.COORDINATOR === 'apart' ? {} : { WORKER_DATABASE_URL: database.workerUrl }),
      NATS_URL: nats.url,
      BLOB_STORE_URL: blobStoreUrl,
      OIDC_ISSUER: signIn.issuer,
      OIDC_AUDIENCE: signIn.audience,
      PUBLIC_URL: url,
      PORTAL_ORIGIN: portalOrigin,
      ADDRESS_SIGNING_KEY: randomBytes(32).toString('hex'),
      ...settings,
    }),
    {
      logDestination: {
        write: (text) => {
          const { level, msg } = JSON.parse(text);
          log.push({ level, msg, text });
        },
      },
      ...(arrival && { arrival }),
    },
  );
  return {
    url,
    healthPort: app.healthPort,
    portalOrigin,
    nats,
    signIn,
    workerPool,
    ownerUrl: database.ownerUrl,
    workerUrl: database.workerUrl,
    blobStoreUrl,
    log,
    client: (subject) => new TestClient(url, () => signIn.tokenFor(subject)),
    close: async () => {
      await app.stop();
      await workerPool.end();
      await Promise.all([nats.dispose(), signIn.stop(), database.drop()]);
      await rm(blobFolder, { recursive: true });
    },
  };
}
