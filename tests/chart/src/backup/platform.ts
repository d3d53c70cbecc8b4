import { randomBytes, randomUUID } from 'node:crypto';
import { createClient, type LucencyClient } from '@lucency/client/node';
import {
  type Database,
  demoDirectory,
  freePort,
  type S3Server,
  type SignInServer,
  siteNamed,
  startNats,
} from '@lucency/dev-stack';
import { type App, directory, environment, migrate, provision, startApp } from '@lucency/gateway';
import { drawPhantom, withJpegComment } from '@lucency/imaging';
import pg from 'pg';

export interface Platform {
  client: LucencyClient;
  stop(): Promise<void>;
}

/** A gateway with a NATS that knows nothing, on this database and this store. */
export async function startPlatform(
  database: Database,
  s3: S3Server,
  signIn: SignInServer,
): Promise<Platform> {
  // Where the AWS SDK looks for them.
  Object.assign(process.env, s3.credentials);
  const [nats, port] = await Promise.all([startNats(), freePort()]);
  const url = `http://localhost:${port}`;
  const app: App = await startApp(
    environment.parse({
      PORT: String(port),
      HEALTH_PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.appUrl,
      WORKER_DATABASE_URL: database.workerUrl,
      NATS_URL: nats.url,
      BLOB_STORE_URL: s3.blobStoreUrl,
      OIDC_ISSUER: signIn.issuer,
      OIDC_AUDIENCE: signIn.audience,
      PUBLIC_URL: url,
      PORTAL_ORIGIN: 'http://portal.test',
      ADDRESS_SIGNING_KEY: randomBytes(32).toString('hex'),
    }),
  );
  return {
    client: createClient({ endpoint: `${url}/graphql`, token: () => signIn.tokenFor('technologist-north') }),
    stop: async () => {
      await app.stop();
      await nats.dispose();
    },
  };
}

/** Tables, and the people who may use them. */
export async function found(database: Database, issuer: string): Promise<void> {
  await migrate(database.ownerUrl);
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  await provision(owner, issuer, directory.parse(demoDirectory));
  await owner.end();
}

/** Submits so many different images. @returns ids of the studies */
export async function submitStudies(client: LucencyClient, count: number): Promise<string[]> {
  const siteId = await siteNamed(client, 'Harbour North');
  const phantom = await drawPhantom({ seed: 5, width: 700, height: 600 });
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const bytes = withJpegComment(phantom, randomUUID());
    const { study } = await client.submit(bytes, { siteId, patientReference: randomUUID() });
    ids.push(study.id);
  }
  return ids;
}

/** How many rows each table has, as the owner sees them. */
export async function rowCounts({ ownerUrl }: Database): Promise<Record<string, number>> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  const tables = await owner.query<{ relname: string }>(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
  );
  const counts: Record<string, number> = {};
  for (const { relname } of tables.rows) {
    const { rows } = await owner.query<{ count: string }>(
      `SELECT count(*) FROM ${owner.escapeIdentifier(relname)}`,
    );
    counts[relname] = Number(rows[0]?.count);
  }
  await owner.end();
  return counts;
}
