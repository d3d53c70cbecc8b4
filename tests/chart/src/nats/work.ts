import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hopeless, type JobKind, jobKind, priority, streams, subjects } from '@lucency/contracts';
import { urgentBacklog } from '@lucency/explain';
import {
  announceChange,
  hintTasksDue,
  JetStreamLink,
  JobIntake,
  listenForChanges,
  listenForDueTasks,
  publishJob,
  purgeJob,
  ResultIntake,
} from '@lucency/messaging';
import type { ChartNats, User } from './chart-server.js';
import { jobOf } from './jobs.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const deadlineMs = 20_000;

/** Which user takes jobs of a kind, and alone may answer them. */
export const workerOf: Record<JobKind, User> = {
  classify: 'inference',
  explain: 'explain',
  score: 'explain',
};

async function until(what: () => boolean): Promise<boolean> {
  for (const giveUpAt = Date.now() + deadlineMs; Date.now() < giveUpAt; await sleep(50)) {
    if (what()) return true;
  }
  return false;
}

/** Every service does its own work once, signed in as itself. @returns what could not be done. */
export async function doEveryWork(nats: ChartNats): Promise<string[]> {
  const linkOf = async (user: User) =>
    new JetStreamLink(await nats.connect(nats.optionsOf(user)), {
      ackWaitSeconds: 5,
      makesStreams: user === 'coordinator' ? { replicas: 1 } : null,
    });
  const coordinator = await linkOf('coordinator');
  await coordinator.restore();
  // Again, as at each connect: what is there already is brought up to date.
  await coordinator.restore();
  const faults: string[] = [];
  const demand = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };

  const recorded = new Set<string>();
  const recorder = new ResultIntake({
    link: coordinator,
    batch: 10,
    record: async (results) => {
      for (const { taskId } of results) recorded.add(taskId);
    },
    log: quiet,
  });
  const workers = await Promise.all(
    jobKind.options.map(
      async (kind) =>
        new JobIntake({
          link: await linkOf(workerOf[kind]),
          kind,
          lanes: priority.options.map((lane) => ({ priority: lane, slots: 1 })),
          deadlineMs: 2_000,
          handle: async () => hopeless('INTERNAL', 'a test'),
          log: quiet,
        }),
    ),
  );
  const jobs = jobKind.options.flatMap((kind) => priority.options.map((lane) => jobOf(kind, lane)));
  for (const job of jobs) await publishJob(coordinator.client, job);
  await until(() => jobs.every(({ taskId }) => recorded.has(taskId)));
  for (const { kind, priority: lane, taskId } of jobs) {
    demand(recorded.has(taskId), `a job ${kind} ${lane} had no recorded result`);
  }
  demand((await urgentBacklog(await linkOf('explain'))) === 0, 'an answered job still counts as waiting');
  await Promise.all([recorder.stop(), ...workers.map((worker) => worker.stop())]);
  const manager = await coordinator.manager();
  for (const job of jobs) {
    const subject = subjects.result(job.kind, job.taskId);
    const left = await manager.streams.getMessage(streams.results, { last_by_subj: subject });
    demand(left === null, `a recorded result ${job.kind} ${job.priority} was not acked`);
    const again = await publishJob(coordinator.client, job);
    demand(again === 'queued', `an answered job ${job.kind} ${job.priority} was not acked`);
    await purgeJob(coordinator, job);
  }

  const gateway = await nats.connect(nats.optionsOf('gateway'));
  const heard = { change: false, hint: false };
  listenForChanges(gateway, () => {
    heard.change = true;
  });
  listenForDueTasks(coordinator.connection, () => {
    heard.hint = true;
  });
  await Promise.all([gateway.flush(), coordinator.connection.flush()]);
  announceChange(coordinator.connection, { organizationId: randomUUID(), revision: 1, studies: [] });
  hintTasksDue(gateway);
  demand(await until(() => heard.change), 'the gateway did not hear of a change');
  demand(await until(() => heard.hint), 'the coordinator did not hear a hint');
  return faults;
}
