import { randomUUID } from 'node:crypto';
import type { ClassifyJob } from '@lucency/contracts';
import { type NatsServer, startNats } from '@lucency/dev-stack';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectToNats } from './connection.js';
import { JobIntake } from './job-intake.js';
import { publishJob } from './job-publisher.js';
import { JetStreamLink, type LinkOptions } from './link.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const coordinator = { ackWaitSeconds: 5, makesStreams: { replicas: 1 } };
const worker = { ackWaitSeconds: 5, makesStreams: null };

let server: NatsServer;
let connections: NatsConnection[];
let intake: JobIntake<'classify'> | undefined;

beforeEach(async () => {
  server = await startNats();
  connections = [];
});
afterEach(async () => {
  await intake?.stop();
  await Promise.all(connections.map((connection) => connection.close()));
  await server.dispose();
});

async function link(options: LinkOptions): Promise<JetStreamLink> {
  const connection = await connectToNats({ servers: server.url, name: 'test' });
  connections.push(connection);
  return new JetStreamLink(connection, options);
}

function job(): ClassifyJob {
  const [taskId, organizationId, studyId, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const image = { id, blobKey: 'a/b', sha256: '0'.repeat(64), bytes: 1 };
  return {
    ...{ version: 1, kind: 'classify', taskId, attempt: 1, tries: 0, priority: 'STAT' },
    ...{ organizationId, studyId, image },
  };
}

async function startWorker(): Promise<string[]> {
  const done: string[] = [];
  intake = new JobIntake({
    link: await link(worker),
    kind: 'classify',
    lanes: [{ priority: 'STAT', slots: 2 }],
    deadlineMs: 2_000,
    handle: async ({ taskId }) => {
      done.push(taskId);
      return { outcome: 'refused', reason: 'BLANK', timings: {} };
    },
    log: quiet,
  });
  return done;
}

it('lets a worker start before the coordinator, and wait for its consumer', async () => {
  const done = await startWorker();
  const keeper = await link(coordinator);
  await expect(publishJob(keeper.client, job())).rejects.toThrow();
  await keeper.restore();
  const task = job();
  await publishJob(keeper.client, task);
  await expect.poll(() => done, { timeout: 10_000 }).toEqual([task.taskId]);
});

it('makes streams and consumers again when NATS comes back empty, without being asked', async () => {
  const keeper = await link(coordinator);
  await keeper.restore();
  const done = await startWorker();
  await server.kill();
  server.wipe();
  await server.start();
  const task = job();
  await expect
    .poll(() => publishJob(keeper.client, task).catch(() => 'away'), { timeout: 20_000 })
    .toBe('queued');
  await expect.poll(() => done, { timeout: 20_000 }).toEqual([task.taskId]);
});
