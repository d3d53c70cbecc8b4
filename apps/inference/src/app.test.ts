import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { createBlobStore } from '@lucency/blobs';
import { type ClassifyJob, type JobResult, jobResult, subjects } from '@lucency/contracts';
import { startNats } from '@lucency/dev-stack';
import { createImagePreparer, drawPhantom } from '@lucency/imaging';
import { connectToNats, JetStreamLink, publishJob } from '@lucency/messaging';
import { createLogger } from '@lucency/service-kit';
import type { Worker, WorkerParts } from '@lucency/worker-kit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApp } from './app.js';
import { environment } from './environment.js';

const silent = createLogger({ service: 'inference-test', level: 'silent' });
let folder: string;
let nats: Awaited<ReturnType<typeof startNats>>;
let link: JetStreamLink;
let apps: Worker[];
let results: JobResult[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lucency-inference-'));
  nats = await startNats();
  link = new JetStreamLink(await connectToNats({ servers: nats.url, name: 'test' }), {
    ackWaitSeconds: 20,
    makesStreams: { replicas: 1 },
  });
  await link.restore();
  apps = [];
  results = [];
  link.connection.subscribe(subjects.allResults, {
    callback: (_, message) => void results.push(jobResult.parse(message.json())),
  });
  await link.connection.flush();
});
afterEach(async () => {
  await Promise.all(apps.map((app) => app.stop()));
  await link.connection.close();
  await nats.dispose();
  rmSync(folder, { recursive: true });
});

async function start(parts: WorkerParts = {}): Promise<Worker> {
  const settings = environment.parse({
    NATS_URL: nats.url,
    BLOB_STORE_URL: pathToFileURL(folder).href,
    ENGINE_THREADS: '1',
  });
  const app = await startApp(settings, { log: silent, ...parts });
  apps.push(app);
  return app;
}

async function submit(bytes: Uint8Array, priority: ClassifyJob['priority'] = 'ROUTINE'): Promise<string> {
  const id = randomUUID();
  await createBlobStore(pathToFileURL(folder).href).write(`images/${id}`, bytes);
  const taskId = randomUUID();
  await publishJob(link.client, {
    version: 1,
    kind: 'classify',
    taskId,
    attempt: 1,
    tries: 0,
    priority,
    organizationId: randomUUID(),
    studyId: randomUUID(),
    image: {
      id,
      blobKey: `images/${id}`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
    },
  });
  return taskId;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 1500) throw new Error('waited 30 s in vain');
    await sleep(20);
  }
}

it('answers every job of both lanes exactly once', async () => {
  const phantom = await drawPhantom({ seed: 1, width: 400, height: 320 });
  const routine = await Promise.all(Array.from({ length: 20 }, () => submit(phantom)));
  const stat = await Promise.all(Array.from({ length: 5 }, () => submit(phantom, 'STAT')));
  await start();
  await until(() => results.length >= 25);
  expect(results.map(({ taskId }) => taskId).sort()).toEqual([...routine, ...stat].sort());
  expect(results.every(({ outcome }) => outcome === 'read')).toBe(true);
});

it('finishes work in flight and takes nothing new when it is stopped', async () => {
  const phantom = await drawPhantom({ seed: 2, width: 400, height: 320 });
  let held = 0;
  const real = createImagePreparer({ processes: 1 });
  const slow = {
    ...real,
    prepare: async (bytes: Uint8Array) => {
      held += 1;
      await sleep(300);
      return real.prepare(bytes);
    },
  };
  const app = await start({ preparer: slow });
  await Promise.all(Array.from({ length: 10 }, () => submit(phantom)));
  await until(() => held >= 1);
  await app.stop();
  apps = [];
  const taken = held;
  // What was on its way was given back.
  const answered = () => results.filter(({ outcome }) => outcome !== 'later');
  expect(answered()).toHaveLength(taken);
  await submit(phantom);
  await sleep(300);
  expect(held).toBe(taken);
  expect(answered()).toHaveLength(taken);
});

it('blames only the image whose thread died', async () => {
  const phantom = await drawPhantom({ seed: 3, width: 400, height: 320 });
  const poison = await drawPhantom({ seed: 13, width: 400, height: 320 });
  const real = createImagePreparer({ processes: 1 });
  const fragile = {
    ...real,
    prepare: (bytes: Uint8Array) =>
      Buffer.compare(bytes, poison) === 0
        ? Promise.reject(new Error('the image thread ended with 139'))
        : real.prepare(bytes),
  };
  await start({ preparer: fragile });
  const bad = await submit(poison);
  const good = await Promise.all(Array.from({ length: 4 }, () => submit(phantom)));
  await until(() => results.length >= 5);
  expect(
    results
      .filter(({ outcome }) => outcome === 'read')
      .map(({ taskId }) => taskId)
      .sort(),
  ).toEqual(good.sort());
  expect(results.find(({ taskId }) => taskId === bad)).toMatchObject({ outcome: 'later', tries: 1 });
});
