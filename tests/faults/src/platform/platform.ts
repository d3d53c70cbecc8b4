import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type LucencyClient } from '@lucency/client/node';
import {
  demoDirectory,
  freePort,
  type NatsServer,
  siteNamed,
  startNats,
  startSignIn,
  testDatabase,
} from '@lucency/dev-stack';
import { directory, migrate, provision } from '@lucency/gateway';
import pg from 'pg';
import { Service } from './service.js';

/** Short enough that a lost job comes back while someone waits for the test. */
const ackWaitSeconds = 2;
const redispatchSeconds = 4;
const leaseSeconds = 10;
const site = 'Harbour North';

export interface Platform {
  gateway: Service;
  inference: Service;
  explain: Service;
  dicom: Service;
  dicomPort: number;
  nats: NatsServer;
  /** With the rights of the recorder, to look behind the API. */
  database: pg.Pool;
  client: LucencyClient;
  /** A demo person as a program. */
  clientOf(subject: string): LucencyClient;
  siteId: string;
  close(): Promise<void>;
}

const require = createRequire(import.meta.url);
const beside = (door: string, file: string) => path.join(path.dirname(require.resolve(door)), file);

/** The whole platform without the portal, each service a process that can be killed. */
export async function startPlatform(): Promise<Platform> {
  const [database, nats, signIn, folder, ports] = await Promise.all([
    testDatabase(),
    startNats(),
    startSignIn(),
    mkdtemp(path.join(tmpdir(), 'lucency-faults-')),
    Promise.all([1, 2, 3, 4, 5, 6].map(() => freePort())),
  ]);
  const [
    port = 0,
    gatewayHealth = 0,
    inferenceHealth = 0,
    explainHealth = 0,
    dicomPort = 0,
    dicomHealth = 0,
  ] = ports;
  await migrate(database.ownerUrl);
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  await provision(owner, signIn.issuer, directory.parse(demoDirectory));
  await owner.end();

  const siteId = demoDirectory.organizations
    .flatMap(({ sites }) => sites)
    .find(({ name }) => name === site)?.id;
  const shared = {
    NATS_URL: nats.url,
    BLOB_STORE_URL: `file://${folder}/blobs`,
    JOB_ACK_WAIT_SECONDS: String(ackWaitSeconds),
    LOG_LEVEL: 'info',
    ...(process.env.LUCENCY_MODEL_DIR && { LUCENCY_MODEL_DIR: process.env.LUCENCY_MODEL_DIR }),
  };
  const logFile = (name: string) => path.join(folder, `${name}.log`);
  const url = `http://localhost:${port}`;
  const gateway = new Service({
    name: 'gateway',
    file: beside('@lucency/gateway', 'main.js'),
    healthPort: gatewayHealth,
    logFile: logFile('gateway'),
    env: {
      ...shared,
      PORT: String(port),
      DATABASE_URL: database.appUrl,
      WORKER_DATABASE_URL: database.workerUrl,
      OIDC_ISSUER: signIn.issuer,
      OIDC_AUDIENCE: signIn.audience,
      PUBLIC_URL: url,
      PORTAL_ORIGIN: 'http://portal.test',
      ADDRESS_SIGNING_KEY: randomBytes(32).toString('hex'),
      REDISPATCH_SECONDS: String(redispatchSeconds),
    },
  });
  const inference = new Service({
    name: 'inference',
    file: beside('@lucency/faults/poison-worker', 'poison-worker.js'),
    healthPort: inferenceHealth,
    logFile: logFile('inference'),
    env: shared,
  });
  const explain = new Service({
    name: 'explain',
    file: beside('@lucency/explain', 'main.js'),
    healthPort: explainHealth,
    logFile: logFile('explain'),
    env: shared,
  });
  const { clientId, secret } = signIn.apiClient;
  const sendersFile = path.join(folder, 'senders.json');
  const sender = {
    calledAeTitle: 'LUCENCY',
    siteId,
    client: { id: clientId, secretVariable: 'CLIENT_SECRET' },
  };
  await writeFile(sendersFile, JSON.stringify({ applicationEntities: [sender] }));
  const dicom = new Service({
    name: 'dicom',
    file: beside('@lucency/dicom-service', 'main.js'),
    healthPort: dicomHealth,
    logFile: logFile('dicom'),
    env: {
      DICOM_HOST: '127.0.0.1',
      DICOM_PORT: String(dicomPort),
      DICOM_SENDERS_FILE: sendersFile,
      DICOM_SPOOL_DIR: path.join(folder, 'spool'),
      DELIVERY_LEASE_SECONDS: String(leaseSeconds),
      CLIENT_SECRET: secret,
      GATEWAY_ENDPOINT: `${url}/graphql`,
      OIDC_ISSUER: signIn.issuer,
      OIDC_AUDIENCE: signIn.audience,
    },
  });
  await Promise.all([gateway.start(), inference.start(), explain.start(), dicom.start()]);

  const clientOf = (subject: string) =>
    createClient({
      endpoint: `${url}/graphql`,
      token: () => signIn.tokenFor(subject),
      // The journal repeats by itself, without the pauses that spare a platform in service.
      patienceSeconds: 0,
    });
  const client = clientOf('technologist-north');
  const apiSiteId = await siteNamed(client, site);
  const pool = new pg.Pool({ connectionString: database.workerUrl, max: 2 });
  return {
    gateway,
    inference,
    explain,
    dicom,
    dicomPort,
    nats,
    database: pool,
    client,
    clientOf,
    siteId: apiSiteId,
    close: async () => {
      await Promise.all([gateway.stop(), inference.stop(), explain.stop(), dicom.stop(), pool.end()]);
      await Promise.all([nats.dispose(), signIn.stop()]);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
