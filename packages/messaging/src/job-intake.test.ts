import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClassifyJob, JobResult, Priority } from '@lucency/contracts';
import { consumers, hopeless, type JobOutcome, later, streams } from '@lucency/contracts';
import { type NatsServer, startNats } from '@lucency/dev-stack';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectToNats } from './connection.js';
import { JobIntake } from './job-intake.js';
import { publishJob } from './job-publisher.js';
import { JetStreamLink } from './link.js';
import { ResultIntake } from './result-intake.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const refused: JobOutcome<'classify'> = { outcome: 'refused', reason: 'BLANK', timings: {} };

function job(priority: Priority = 'ROUTINE', changes: Partial<ClassifyJob> = {}): ClassifyJob {
  return {
    version: 1,
    kind: 'classify',
    taskId: randomUUID(),
    attempt: 1,
    tries: 0,
    priority,
    organizationId: randomUUID(),
    studyId: randomUUID(),
    image: { id: randomUUID(), blobKey: 'a/b', sha256: '0'.repeat(64), bytes: 1 },
    ...changes,
  };
}

describe('JobIntake', () => {
  let server: NatsServer;
  let connections: NatsConnection[];
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    server = await startNats();
    connections = [];
    stops = [];
  });

  afterEach(async () => {
    for (const stop of stops) await stop();
    for (const connection of connections) await connection.close();
    await server.dispose();
  });

  async function link(): Promise<JetStreamLink> {
    const connection = await connectToNats({ servers: server.url, name: 'test' });
    connections.push(connection);
    const made = new JetStreamLink(connection, { ackWaitSeconds: 1, makesStreams: { replicas: 1 } });
    await made.restore();
    return made;
  }

  /** Collects results as the recorder would. */
  async function results(): Promise<JobResult[]> {
    const seen: JobResult[] = [];
    const intake = new ResultIntake({
      link: await link(),
      batch: 10,
      record: async (batch) => void seen.push(...batch),
      log: quiet,
    });
    stops.push(() => intake.stop());
    return seen;
  }

  async function worker(
    handle: (job: ClassifyJob) => Promise<JobOutcome<'classify'>>,
    slots = 8,
    turn?: (ending: AbortSignal) => Promise<void>,
  ): Promise<JobIntake<'classify'>> {
    const intake = new JobIntake({
      link: await link(),
      kind: 'classify',
      lanes: [
        { priority: 'STAT', slots },
        { priority: 'ROUTINE', slots },
      ],
      deadlineMs: 2_000,
      handle,
      ...(turn && { turn }),
      log: quiet,
    });
    stops.push(() => intake.stop());
    return intake;
  }

  const until = (what: () => boolean) => expect.poll(what, { timeout: 20_000, interval: 20 }).toBe(true);

  it('refuses a second message of a task while the first is queued, and takes one after its answer', async () => {
    const { client } = await link();
    const task = job();
    expect(await publishJob(client, task)).toBe('queued');
    expect(await publishJob(client, task)).toBe('present');
    const seen = await results();
    await worker(async () => refused);
    await until(() => seen.length === 1);
    expect(await publishJob(client, task)).toBe('queued');
  });

  it('hands a STAT job over while every routine slot is taken', async () => {
    const { client } = await link();
    const seen = await results();
    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    await worker(async ({ priority }) => {
      if (priority === 'ROUTINE') await held;
      return refused;
    }, 2);
    await Promise.all([1, 2, 3, 4].map(() => publishJob(client, job())));
    await sleep(200);
    await publishJob(client, job('STAT'));
    await until(() => seen.length === 1);
    free();
    await until(() => seen.length === 5);
  });

  it('takes nothing before its turn, and can be stopped while it waits for that', async () => {
    const { client } = await link();
    const seen = await results();
    let come: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      come = resolve;
    });
    const ended = (ending: AbortSignal) =>
      new Promise<void>((resolve) => ending.addEventListener('abort', () => resolve()));
    const waits = await worker(async () => refused, 8, ended);
    await publishJob(client, job());
    await sleep(300);
    await waits.stop();
    expect(seen).toEqual([]);

    await worker(
      async () => refused,
      8,
      (ending) => Promise.race([turn, ended(ending)]),
    );
    await sleep(300);
    expect(seen).toEqual([]);
    come();
    await until(() => seen.length === 1);
  });

  it('finishes work in flight and takes nothing new once stopped', async () => {
    const { client } = await link();
    const seen = await results();
    let started = 0;
    const intake = await worker(async () => {
      started += 1;
      await sleep(300);
      return refused;
    }, 2);
    await Promise.all([1, 2, 3, 4, 5].map(() => publishJob(client, job())));
    await until(() => started === 2);
    await intake.stop();
    expect(started).toBe(2);
    await until(() => seen.length === 2);
  });

  it('gives back uncounted what arrives while it stops', async () => {
    const { client, manager } = await link().then(async (made) => ({
      client: made.client,
      manager: await made.manager(),
    }));
    const seen = await results();
    let started = 0;
    let finish: () => void = () => undefined;
    const intake = await worker(async () => {
      started += 1;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return refused;
    }, 2);
    await publishJob(client, job());
    await until(() => started === 1);
    // Long enough for the pull for its other slot to be open.
    await sleep(100);
    const stopped = intake.stop();
    const late = job();
    await publishJob(client, late);
    await until(() => seen.length === 1);
    finish();
    await stopped;
    expect(started).toBe(1);
    expect(seen).toMatchObject([{ outcome: 'later', taskId: late.taskId, tries: 0 }, { outcome: 'refused' }]);
    const { num_ack_pending } = await manager.consumers.info(
      streams.jobs,
      consumers.job('classify', 'ROUTINE'),
    );
    expect(num_ack_pending).toBe(0);
  });

  it('postpones a job of a newer version and fails one it cannot read', async () => {
    const { client } = await link();
    const seen = await results();
    await worker(async () => refused);
    const newer = JSON.stringify({ ...job(), version: 2 });
    const broken = JSON.stringify({ ...job(), priority: 'WHENEVER' });
    await client.publish('jobs.classify.routine.a', newer);
    await client.publish('jobs.classify.routine.b', broken);
    await client.publish('jobs.classify.routine.c', 'not even JSON');
    await until(() => seen.length === 2);
    expect(seen).toContainEqual(expect.objectContaining({ outcome: 'later', tries: 0 }));
    expect(seen).toContainEqual(expect.objectContaining({ outcome: 'failed', reason: 'UNREADABLE_JOB' }));
  });

  it('counts a try when the job threw or passed its deadline, and none when it had to wait', async () => {
    const { client } = await link();
    const seen = await results();
    const [throws, hangs, waits, hopes] = [job(), job(), job(), job()];
    await worker(async ({ taskId }) => {
      if (taskId === throws.taskId) throw new Error('broken');
      if (taskId === hangs.taskId) await sleep(60_000, undefined, { ref: false });
      if (taskId === hopes.taskId) return hopeless('IMAGE_MISSING', 'gone');
      return later(5, 'the blob store is away');
    });
    for (const each of [throws, hangs, waits, hopes]) await publishJob(client, each);
    await until(() => seen.length === 4);
    const of = (task: ClassifyJob) => seen.find(({ taskId }) => taskId === task.taskId);
    expect(of(throws)).toMatchObject({ outcome: 'later', tries: 1 });
    expect(of(hangs)).toMatchObject({ outcome: 'later', tries: 1 });
    expect(of(waits)).toMatchObject({ outcome: 'later', tries: 0 });
    expect(of(hopes)).toMatchObject({ outcome: 'failed', reason: 'IMAGE_MISSING' });
  });

  it('gives a job up that crashed its worker five times', async () => {
    const { client } = await link();
    const seen = await results();
    let handled = 0;
    await worker(async () => {
      handled += 1;
      return refused;
    });
    await publishJob(client, job('ROUTINE', { tries: 5 }));
    await until(() => seen.length === 1);
    expect(seen[0]).toMatchObject({ outcome: 'failed', reason: 'PROCESSING_CRASHED' });
    expect(handled).toBe(0);
  });

  it('runs a job that was tried before alone, and sends back uncounted what arrives meanwhile', async () => {
    const { client } = await link();
    const seen = await results();
    let running = 0;
    let most = 0;
    const suspect = job('ROUTINE', { tries: 2 });
    const others = [1, 2, 3].map(() => job());
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await worker(async ({ taskId }) => {
      running += 1;
      if (taskId === suspect.taskId) {
        await sleep(300);
        most = running;
        finish();
      }
      running -= 1;
      return refused;
    });
    await publishJob(client, suspect);
    await sleep(50);
    for (const other of others) await publishJob(client, other);
    await finished;
    await until(() => seen.length >= 4);
    expect(most).toBe(1);
    const sentBack = seen.filter(({ outcome }) => outcome === 'later');
    for (const result of sentBack) expect(result).toMatchObject({ delaySeconds: 0, tries: 0 });
  });

  it('delivers again what a dead worker held', async () => {
    const lost = await link();
    const { client } = await link();
    await publishJob(client, job());
    const consumer = await lost.client.consumers.get('JOBS', 'classify-routine');
    await consumer.next({ expires: 2_000 });
    await lost.connection.close();
    const seen = await results();
    await worker(async () => refused);
    await until(() => seen.length === 1);
  });

  it('goes on after NATS was stopped, and after it came back with an empty store', async () => {
    const { client, connection } = await link();
    const seen = await results();
    await worker(async () => refused);
    await publishJob(client, job());
    await until(() => seen.length === 1);

    await server.stop();
    await server.start();
    await until(() => !connection.isClosed());
    await expect
      .poll(() => publishJob(client, job()).catch(() => 'away'), { timeout: 20_000 })
      .toBe('queued');
    await until(() => seen.length >= 2);

    await server.stop();
    server.wipe();
    await server.start();
    const before = seen.length;
    await expect
      .poll(() => publishJob(client, job()).catch(() => 'away'), { timeout: 20_000 })
      .toBe('queued');
    await until(() => seen.length > before);
  });
});
