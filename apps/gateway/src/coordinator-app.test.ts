import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type ClassifyJob,
  consumers,
  type ExplainJob,
  shownMethod,
  streams,
  subjects,
} from '@lucency/contracts';
import { drawPhantom } from '@lucency/imaging';
import { connectToNats, hintTasksDue, JetStreamLink } from '@lucency/messaging';
import { locateModel, readModelCard } from '@lucency/model/card';
import { readEnvironment } from '@lucency/service-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CoordinatorApp, startCoordinatorApp } from './coordinator-app.js';
import { coordinatorEnvironment, environment } from './environment.js';
import { startTestGateway, type TestGateway } from './testing/test-gateway.js';

let gateway: TestGateway;
let coordinator: CoordinatorApp;
let link: JetStreamLink;

/** Of a model beside the one in use; its card is all that a coordinator reads of it. */
const further = 'resnet50-other-1.1';
let models: string;

beforeAll(async () => {
  models = await mkdtemp(path.join(tmpdir(), 'lucency-models-'));
  const inUse = await locateModel();
  const directory = path.join(models, further);
  await mkdir(directory);
  const card = { ...(await readModelCard(inUse)), id: further };
  await writeFile(path.join(directory, 'model.json'), JSON.stringify(card));
  gateway = await startTestGateway({ COORDINATOR: 'apart' });
  coordinator = await startCoordinatorApp(
    coordinatorEnvironment.parse({
      HEALTH_PORT: '0',
      LOG_LEVEL: 'silent',
      WORKER_DATABASE_URL: gateway.workerUrl,
      NATS_URL: gateway.nats.url,
      BLOB_STORE_URL: gateway.blobStoreUrl,
      // Longer than the test: only the gateway's hint can wake it.
      DISPATCH_POLL_SECONDS: '600',
      LUCENCY_MODEL_DIR: [inUse, directory].join(path.delimiter),
    }),
  );
  const connection = await connectToNats({ servers: gateway.nats.url, name: 'test' });
  link = new JetStreamLink(connection, { ackWaitSeconds: 20, makesStreams: null });
});
afterAll(async () => {
  await link.connection.close();
  await coordinator.stop();
  await gateway.close();
  await rm(models, { recursive: true });
});

async function submitted(): Promise<string> {
  const client = gateway.client('technologist-north');
  const siteId = (await client.sites()).get('Harbour North') ?? '';
  const bytes = await drawPhantom({ seed: randomBytes(2).readUInt16BE(), width: 300, height: 300 });
  return client.submitImage({ siteId, bytes, patientReference: randomUUID() });
}

const readingState = async (id: string) =>
  (await gateway.client('technologist-north').study(id))?.readingState;

it('queues at once what a gateway without the right to takes', async () => {
  const id = await submitted();
  await expect.poll(() => readingState(id), { timeout: 10_000 }).toBe('QUEUED');
});

it('replaces the message of an attempt that is over when a study is tried again', async () => {
  const id = await submitted();
  await expect.poll(() => readingState(id), { timeout: 10_000 }).toBe('QUEUED');
  const failed = await gateway.workerPool.query<{ id: string }>(
    "UPDATE task SET state = 'FAILED' WHERE state = 'PENDING' RETURNING id",
  );
  await gateway
    .client('technologist-north')
    .get('mutation ($id: ID!) { retryStudy(input: { studyId: $id }) { __typename } }', { id });
  const manager = await link.manager();
  const subject = subjects.job('classify', 'ROUTINE', failed.rows.at(-1)?.id ?? '');
  const queued = async () => {
    const message = await manager.streams.getMessage(streams.jobs, { last_by_subj: subject });
    return message?.json<ClassifyJob>().attempt;
  };
  await expect.poll(queued, { timeout: 10_000 }).toBe(2);
});

it('queues work for a further model in lanes of that model, which workers without it do not take from', async () => {
  const id = await submitted();
  await expect.poll(() => readingState(id), { timeout: 10_000 }).toBe('QUEUED');
  const added = await gateway.workerPool.query<{ id: string }>(
    `INSERT INTO task (organization_id, site_id, study_id, image_id, kind, priority, model_id, method)
     SELECT organization_id, site_id, study_id, image_id, 'explain', priority, $1, $2 FROM task
     WHERE kind = 'classify' ORDER BY created_at DESC LIMIT 1 RETURNING id`,
    [further, shownMethod],
  );
  hintTasksDue(link.connection);
  const manager = await link.manager();
  const subject = subjects.job('explain', 'ROUTINE', added.rows[0]?.id ?? '', further);
  const queued = async () => {
    const message = await manager.streams.getMessage(streams.jobs, { last_by_subj: subject });
    return message?.json<ExplainJob>().modelId;
  };
  await expect.poll(queued, { timeout: 10_000 }).toBe(further);
  const lane = await manager.consumers.info(streams.jobs, consumers.job('explain', 'ROUTINE', further));
  expect(lane.num_pending).toBe(1);
});

it('asks for the right to dispatch and record only where it does so', () => {
  const faults = (env: NodeJS.ProcessEnv) => {
    const reading = readEnvironment(environment, env);
    return reading.ok ? [] : reading.faults.map(({ variable }) => variable);
  };
  expect(faults({ COORDINATOR: 'apart' })).not.toContain('WORKER_DATABASE_URL');
  expect(faults({})).toEqual(expect.arrayContaining(['WORKER_DATABASE_URL', 'DATABASE_URL']));
});
