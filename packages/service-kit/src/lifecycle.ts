import { setTimeout as sleep } from 'node:timers/promises';
import { orphanWatch } from './orphan-watch.js';

export interface Stoppable {
  start?(): Promise<void>;
  /**
   * Takes nothing new, finishes what is in hand and closes in reverse order. Called once, possibly while
   * start() is still under way.
   */
  stop(): Promise<void>;
}

export interface LifecycleLog {
  info(fields: object, message: string): void;
  fatal(fields: object, message: string): void;
}

export interface LifecycleOptions {
  log?: LifecycleLog;
  /** STOP_SECONDS in milliseconds; see serviceEnvironment. */
  stopDeadlineMs?: number;
}

/** Plain lines on standard error, for a service that has no logger yet. */
const plainLog: LifecycleLog = {
  info: (_, message) => void process.stderr.write(`${message}\n`),
  fatal: (fields, message) => {
    const error = 'error' in fields ? fields.error : undefined;
    process.stderr.write(`${message}: ${error instanceof Error ? error.stack : String(error)}\n`);
  },
};

/**
 * Runs a service until SIGTERM, SIGINT or the loss of its parent, stops it once and ends the process:
 * exit code 0 after a clean stop, 1 when starting or stopping failed, took too long, or an error reached
 * the top. A second signal ends it at once.
 */
export async function runUntilStopped(app: Stoppable, options: LifecycleOptions = {}): Promise<never> {
  const log = options.log ?? plainLog;
  const stopDeadlineMs = options.stopDeadlineMs ?? 25_000;

  const failed = new Promise<never>((_, reject) => {
    process.once('uncaughtException', reject);
    process.once('unhandledRejection', reject);
  });
  // Nobody may be waiting for it at the moment it happens.
  failed.catch(() => undefined);
  const asked = askedToStop();

  try {
    await Promise.race([app.start?.(), asked, failed]);
    const why = await Promise.race([asked, failed]);
    log.info({ reason: why }, 'stopping');
  } catch (error) {
    log.fatal({ error }, 'an error reached the top; stopping');
    await stopWithin(app, stopDeadlineMs, log);
    return end(1);
  }
  return end((await stopWithin(app, stopDeadlineMs, log)) ? 0 : 1);
}

/** Starts a service and runs it until it is told to stop; what main.ts of a service does. */
export function runService(
  { STOP_SECONDS }: { STOP_SECONDS: number },
  start: () => Promise<Stoppable>,
): Promise<never> {
  let app: Stoppable | undefined;
  return runUntilStopped(
    {
      start: async () => {
        app = await start();
      },
      stop: async () => app?.stop(),
    },
    { stopDeadlineMs: STOP_SECONDS * 1000 },
  );
}

function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (asked) process.exit(1);
      asked = true;
      resolve(signal);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
    orphanWatch(() => {
      asked = true;
      resolve('the parent is gone');
    });
  });
}

async function stopWithin(app: Stoppable, deadlineMs: number, log: LifecycleLog): Promise<boolean> {
  const late = Symbol('late');
  try {
    const result = await Promise.race([app.stop(), sleep(deadlineMs, late)]);
    if (result !== late) return true;
    log.fatal({ error: new Error(`not stopped after ${deadlineMs} ms`) }, 'stopping took too long');
  } catch (error) {
    log.fatal({ error }, 'stopping failed');
  }
  return false;
}

/** Leaves the log a moment to reach its file: process.exit does not wait for asynchronous writes. */
async function end(code: number): Promise<never> {
  await sleep(20);
  process.exit(code);
}
