import { setTimeout as sleep } from 'node:timers/promises';
import { streams, subjects } from '@lucency/contracts';
import { type JetStreamLink, type Log, listenForDueTasks, publishJob, purgeJob } from '@lucency/messaging';
import { currentTraceparent, type Instruments, traced } from '@lucency/service-kit';
import type { Pool } from 'pg';
import { type DueTask, giveBack, takeDueTasks } from './due-tasks.js';

export interface DispatcherOptions {
  pool: Pool;
  link: JetStreamLink;
  /** How long NATS is trusted with a task before it is offered again. */
  redispatchSeconds: number;
  /** The safety net under the hints: tasks that became due without anyone saying so. */
  pollMs: number;
  /** Told which tasks NATS holds for the first time. */
  onQueued: (tasks: DueTask[]) => Promise<void>;
  instruments: Instruments;
  log: Log;
}

type Offered = 'queued' | 'present' | 'awaiting-record' | 'away';

const batch = 200;
const giveBackSeconds = 1;

/**
 * Publishes due tasks to NATS. Nothing rests on it being right: publishing twice is refused by the stream
 * while a job is queued or in flight, and the recorder drops what was done twice.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #unsubscribe: () => void;
  readonly #done: Promise<void>;
  readonly #stop = new AbortController();
  #woken = false;
  #wake: () => void = () => undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#unsubscribe = listenForDueTasks(options.link.connection, () => this.wake());
    this.#done = this.#run();
  }

  /** Looks for due tasks at once. */
  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#unsubscribe();
    this.wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { pool, redispatchSeconds, log, pollMs, instruments } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#woken = false;
      try {
        const tasks = await takeDueTasks(pool, batch, redispatchSeconds);
        if (tasks.length > 0) instruments.observe('lucency_dispatched_tasks', tasks.length, {});
        await this.#publish(tasks);
        if (tasks.length === batch) continue;
      } catch (error) {
        log.error({ error }, 'dispatch failed, trying again');
        await sleep(giveBackSeconds * 1000, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
      await this.#rest(pollMs);
    }
  }

  async #publish(tasks: DueTask[]): Promise<void> {
    const { pool, link, onQueued, log } = this.#options;
    const outcomes = await Promise.all(tasks.map((task) => this.#offer(task)));
    const away = tasks.filter((_, index) => outcomes[index] === 'away');
    if (away.length > 0) {
      await link.restore().catch((error: unknown) => {
        log.warn({ count: away.length, error }, 'NATS takes no jobs, they wait in the database');
      });
      await giveBack(
        pool,
        away.map(({ job }) => job.taskId),
        giveBackSeconds,
      );
    }
    const queued = tasks.filter((task, index) => outcomes[index] === 'queued' && !task.again);
    if (queued.length > 0) await onQueued(queued);
  }

  #offer(task: DueTask): Promise<Offered> {
    const { kind, priority, taskId } = task.job;
    const attributes = { 'lucency.kind': kind, 'lucency.priority': priority, 'lucency.task_id': taskId };
    const { traceparent } = task;
    return traced(`dispatch ${kind}`, { kind: 'producer', traceparent, attributes }, async (span) => {
      const offered = await this.#hand(task);
      span.note({ 'lucency.outcome': offered });
      return offered;
    });
  }

  async #hand(task: DueTask): Promise<Offered> {
    const { link } = this.#options;
    try {
      // Its result may be waiting for a recorder: doing the work again would only add to what waits.
      if (task.again && (await this.#hasResult(task))) return 'awaiting-record';
      const lane = link.laneOf(task.job.modelId);
      // A job of the attempt before would keep this one out until somebody had worked on it in vain.
      if (!task.again && task.job.attempt > 1) await purgeJob(link, task.job, lane);
      return await publishJob(link.client, task.job, { traceparent: currentTraceparent(), lane });
    } catch {
      return 'away';
    }
  }

  async #hasResult({ job }: DueTask): Promise<boolean> {
    const manager = await this.#options.link.manager();
    const result = await manager.streams.getMessage(streams.results, {
      last_by_subj: subjects.result(job.kind, job.taskId),
    });
    return result !== null;
  }

  async #rest(ms: number): Promise<void> {
    if (this.#woken) return;
    const timer = new AbortController();
    await Promise.race([
      sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined),
      new Promise<void>((resolve) => {
        this.#wake = resolve;
      }),
    ]);
    timer.abort();
  }
}
