import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createBlobStore } from '@lucency/blobs';
import {
  type ClassifyJob,
  type JobResult,
  jobResult,
  type ReadingResult,
  subjects,
} from '@lucency/contracts';
import { startNats } from '@lucency/dev-stack';
import { drawPhantom } from '@lucency/imaging';
import { connectToNats, JetStreamLink, publishJob } from '@lucency/messaging';
import { calibrate, locateModel, readModelCard } from '@lucency/model/card';
import { createLogger } from '@lucency/service-kit';
import type { Worker } from '@lucency/worker-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApp } from './app.js';
import { environment } from './environment.js';

const silent = createLogger({ service: 'inference-test', level: 'silent' });
const further = 'resnet50-less-sure-1.1';
const calibration = { method: 'temperature', temperature: 8 } as const;
let folder: string;
let inUse: string;
let nats: Awaited<ReturnType<typeof startNats>>;
let link: JetStreamLink;
let app: Worker | undefined;
let results: Map<string, JobResult>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucency-models-'));
  inUse = await locateModel();
  await lessSure(join(folder, further));
  nats = await startNats();
  link = new JetStreamLink(await connectToNats({ servers: nats.url, name: 'test' }), {
    ackWaitSeconds: 20,
    makesStreams: { replicas: 1, furtherModels: [further] },
  });
  await link.restore();
  results = new Map();
  link.connection.subscribe(subjects.allResults, {
    callback: (_, message) => {
      const result = jobResult.parse(message.json());
      results.set(result.taskId, result);
    },
  });
  await link.connection.flush();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  await link.connection.close();
  await nats.dispose();
  await rm(folder, { recursive: true });
});

/** A second artefact of a few kilobytes: the weights of the first, and a card that calibrates otherwise. */
async function lessSure(directory: string): Promise<void> {
  const card = await readModelCard(inUse);
  await mkdir(directory);
  await symlink(join(inUse, 'weights.safetensors'), join(directory, 'weights.safetensors'));
  await writeFile(join(directory, 'model.json'), JSON.stringify({ ...card, id: further, calibration }));
}

async function start(...models: string[]): Promise<void> {
  const settings = environment.parse({
    NATS_URL: nats.url,
    BLOB_STORE_URL: pathToFileURL(folder).href,
    ENGINE_THREADS: '1',
    LUCENCY_MODEL_DIR: models.join(delimiter),
  });
  app = await startApp(settings, { log: silent });
}

async function submit(modelId?: string): Promise<ClassifyJob> {
  const bytes = await drawPhantom({ seed: 1, width: 400, height: 320 });
  const id = randomUUID();
  await createBlobStore(pathToFileURL(folder).href).write(`images/${id}`, bytes);
  const job: ClassifyJob = {
    version: 1,
    kind: 'classify',
    taskId: randomUUID(),
    attempt: 1,
    tries: 0,
    priority: 'ROUTINE',
    organizationId: randomUUID(),
    studyId: randomUUID(),
    ...(modelId && { modelId }),
    image: {
      id,
      blobKey: `images/${id}`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
    },
  };
  await publishJob(link.client, job, { lane: link.laneOf(modelId) });
  return job;
}

async function answerTo({ taskId }: ClassifyJob): Promise<JobResult> {
  for (let tries = 0; tries < 1500; tries += 1) {
    const result = results.get(taskId);
    if (result) return result;
    await sleep(20);
  }
  throw new Error('no answer in 30 s');
}

async function readingOf(job: ClassifyJob): Promise<ReadingResult> {
  const result = await answerTo(job);
  if (result.outcome !== 'read') throw new Error(`the job ended as ${result.outcome}`);
  return result.reading;
}

it('reads each image with the model that its job names, and with the first where it names none', async () => {
  await start(inUse, join(folder, further));
  const first = await readModelCard(inUse);
  const unnamed = await readingOf(await submit());
  const named = await readingOf(await submit(first.id));
  const other = await readingOf(await submit(further));
  expect([unnamed.modelId, named.modelId, other.modelId]).toEqual([first.id, first.id, further]);
  for (const { probability, logit } of [unnamed, named]) {
    expect(probability).toBeCloseTo(calibrate(logit, first.calibration), 6);
  }
  expect(other.probability).toBeCloseTo(calibrate(other.logit, calibration), 6);
  expect(other.probability).not.toBeCloseTo(named.probability, 2);
});

it('leaves what a further model is to read to services that have it, without a try', async () => {
  const job = await submit(further);
  await start(inUse);
  await answerTo(await submit());
  await sleep(500);
  expect(results.has(job.taskId)).toBe(false);
  await app?.stop();
  await start(inUse, join(folder, further));
  expect(await answerTo(job)).toMatchObject({ outcome: 'read', reading: { modelId: further } });
});

it('reads for dispatchers of the version before, which know no lanes of models', async () => {
  await start(inUse, join(folder, further));
  const job = await submit();
  const taskId = randomUUID();
  await publishJob(link.client, { ...job, taskId, modelId: further });
  expect(await answerTo({ ...job, taskId })).toMatchObject({ reading: { modelId: further } });
});

it('starts with no model whose directory is not called by its id', async () => {
  const odd = join(folder, 'second');
  await mkdir(odd);
  const card = await readFile(join(folder, further, 'model.json'));
  await writeFile(join(odd, 'model.json'), card);
  await expect(start(inUse, odd)).rejects.toThrow(/call the directory that/);
});
