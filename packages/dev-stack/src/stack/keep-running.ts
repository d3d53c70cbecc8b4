import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exit, Tethered } from '../processes/tether.js';
import type { ServiceDefinition, Surroundings } from './services.js';
import { launchService, untilServiceReady } from './start-service.js';

/** When a service that died is started again. */
export interface RestartPolicy {
  /** Before each try; a service that dies once more after the last one is given up. */
  delaysMs: readonly number[];
  /** A service that was ready for this long has all tries again. */
  steadyMs: number;
  /** Instead of being given up, it waits for `restart()`: an edit broke it, and the next may mend it. */
  waitsForEdit?: boolean;
}

/** Long enough for what it needs to be back; short enough that nobody waits for what will never run. */
export const patientRestarts: RestartPolicy = {
  delaysMs: [500, 1_000, 2_000, 4_000, 8_000],
  steadyMs: 60_000,
};

/** For those who kill services themselves, and for measurements that a restart would spoil. */
export const noRestarts: RestartPolicy = { delaysMs: [], steadyMs: 0 };

export interface Keeper {
  policy: RestartPolicy;
  say(text: string): void;
  /** Called with every program that is started, the first included. */
  started(program: Tethered): void;
  /** The service died and is not started again; the message has the tail of its log. */
  gaveUp(error: Error): void;
}

export interface KeptService {
  /** Settles when it takes work for the first time. Throws StartFailure when it cannot start: then nothing is kept. */
  ready: Promise<void>;
  /** Stops what runs, however far it has come, and starts what is built now. */
  restart(): void;
  stop(): Promise<void>;
}

/** Starts a service and keeps it running. */
export function keepRunning(service: ServiceDefinition, around: Surroundings, keeper: Keeper): KeptService {
  const { policy, say } = keeper;
  const { name } = service;
  let program: Tethered | undefined;
  let readySince: number | undefined;
  let tries = 0;
  let ending = false;
  let edited = false;
  /** Ends a pause early. */
  let wake = new AbortController();

  const launch = async (first: boolean) => {
    readySince = undefined;
    program = await launchService(service, around, { appendsLog: !first });
    keeper.started(program);
    // Asked for while the system was still starting it.
    if (ending || edited) await program.stop();
    await untilServiceReady(service, program, around);
    readySince = performance.now();
    say(first ? `${name} is ready` : `${name} is ready again`);
  };

  const pause = async (ms?: number) => {
    if (ending || edited) return;
    const { signal } = wake;
    if (ms === undefined) await once(signal, 'abort');
    else await sleep(ms, undefined, { signal }).catch(() => undefined);
  };

  /** Waits until the service may be started again; false when it is not to be. */
  const mayStartAgain = async (ended: Tethered, exit: Exit): Promise<boolean> => {
    if (ending || edited) return !ending;
    if (readySince !== undefined && performance.now() - readySince >= policy.steadyMs) tries = 0;
    const delayMs = policy.delaysMs[tries];
    if (delayMs !== undefined) {
      tries += 1;
      const again = `starting it again in ${delayMs / 1000} s (${tries} of ${policy.delaysMs.length})`;
      // The first word has the reason; what follows is likely to have the same.
      say(tries === 1 ? `${howItEnded(ended, exit)}\n${again}` : `${name} ended again, ${again}`);
      await pause(delayMs);
    } else if (policy.waitsForEdit) {
      say(`${howItEnded(ended, exit)}\n${name} waits for an edit`);
      await pause();
    } else {
      keeper.gaveUp(new Error(howItEnded(ended, exit)));
      return false;
    }
    return !ending;
  };

  const keep = async () => {
    while (program && (await mayStartAgain(program, await program.exited))) {
      if (edited) tries = 0;
      edited = false;
      wake = new AbortController();
      // One that does not become ready has ended, which is the next turn's to judge.
      await launch(false).catch(() => undefined);
    }
  };

  const ready = launch(true);
  const kept = ready.then(keep, () => undefined);
  return {
    ready,
    restart() {
      edited = true;
      wake.abort();
      void program?.stop();
    },
    async stop() {
      ending = true;
      wake.abort();
      await program?.stop();
      await kept;
    },
  };
}

export function howItEnded({ name, logFile, tail }: Tethered, { code, signal }: Exit): string {
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  return `${name} ${how}. The end of ${logFile}:\n${tail()}`;
}
