import { createClient, type LucencyClient } from '@lucency/client/node';
import { siteNamed } from '@lucency/dev-stack';
import pg from 'pg';
import { z } from 'zod';
import { kubectl } from '../kubernetes/kubectl.js';
import { namespace } from '../kubernetes/namespace.js';
import { serviceTokens } from '../sign-in.js';
import { isInstalled, upgrade } from './release.js';
import { prepareSite } from './site.js';

export const apiUrl = 'http://lucency-gateway.lucency.svc.cluster.local:4000';
const site = 'Harbour North';

/** Lucency in the cluster, as a client of its API and whoever looks into its database see it. */
export interface Platform {
  client: LucencyClient;
  siteId: string;
  database: pg.Pool;
  close(): Promise<void>;
}

/** Installs the release where it is not, and brings it back to this cluster's values where a check left it otherwise. */
export async function openPlatform(): Promise<Platform> {
  if (!(await isInstalled())) {
    await prepareSite();
    await upgrade();
  }
  // One try each: what a check takes away is seen, not waited out.
  const client = createClient({ endpoint: `${apiUrl}/graphql`, token: serviceTokens(), patienceSeconds: 0 });
  const siteId = await siteNamed(client, site);
  const database = new pg.Pool({ connectionString: await workerUrl(), max: 2 });
  // An idle connection that a Postgres took with it; the next query opens another.
  database.on('error', () => undefined);
  return { client, siteId, database, close: () => database.end() };
}

async function workerUrl(): Promise<string> {
  const text = await kubectl(
    '--namespace',
    namespace,
    'get',
    'secret',
    'lucency-coordinator',
    '--output=json',
  );
  const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(JSON.parse(text));
  const url = new URL(Buffer.from(data['worker-database-url'] ?? '', 'base64').toString());
  url.hostname = `${url.hostname}.${namespace}.svc.cluster.local`;
  return url.href;
}
