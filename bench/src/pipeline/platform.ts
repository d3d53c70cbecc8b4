import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type LucencyClient } from '@lucency/client/node';
import { openHome, type ServiceDefinition, services, startStack } from '@lucency/dev-stack';
import pg from 'pg';

/** Someone who may submit, and where. */
export interface Submitter {
  client: LucencyClient;
  siteId: string;
}

export interface BenchPlatform {
  /** One at each of two sites: a quota bounds the uploads that one person may hold open. */
  submitters: readonly [Submitter, Submitter];
  /** With the rights of the recorder: times are read where they were written. */
  database: pg.Pool;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** Longer than any backlog of a benchmark takes: what is measured is how long studies wait, and not who is turned away. */
const maxWaitSeconds = 3600;

/** The services of `npm start` without the portal, in a home that is thrown away. */
export async function startPlatform(): Promise<BenchPlatform> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lucency-bench-'));
  const stack = await startStack({
    root: path.join(import.meta.dirname, '../../..'),
    home: openHome(path.join(folder, 'home')),
    services: services.filter(({ name }) => name !== 'web').map(admittingAll),
  });
  const { gatewayUrl, signIn, database } = stack.around;
  const submitter = async (subject: string): Promise<Submitter> => {
    const client = createClient({
      endpoint: `${gatewayUrl}/graphql`,
      token: await keptToken(signIn.tokenFor, subject),
      // Waiting inside a call would be measured as the platform's own.
      patienceSeconds: 0,
    });
    const site = (await client.viewer()).sites.find(({ viewerCanSubmit }) => viewerCanSubmit);
    if (!site) throw new Error(`${subject} may submit nowhere`);
    return { client, siteId: site.id };
  };
  const pool = new pg.Pool({ connectionString: database.workerUrl, max: 1 });
  let closing: Promise<void> | null = null;
  return {
    submitters: [await submitter('technologist-north'), await submitter('technologist-south')],
    database: pool,
    close: () => {
      closing ??= (async () => {
        await pool.end();
        await stack.stop();
        await rm(folder, { recursive: true, force: true });
      })();
      return closing;
    },
  };
}

function admittingAll(service: ServiceDefinition): ServiceDefinition {
  if (service.name !== 'gateway') return service;
  const env: ServiceDefinition['env'] = (around) => ({
    ...service.env(around),
    ADMISSION_MAX_WAIT_SECONDS: String(maxWaitSeconds),
  });
  return { ...service, env };
}

/** A real client keeps its token until it expires; asking for one each time would be measured too. */
async function keptToken(
  tokenFor: (subject: string) => Promise<string>,
  subject: string,
): Promise<() => Promise<string>> {
  const token = await tokenFor(subject);
  return async () => token;
}
