import { join } from 'node:path';
import { startTethered, type Tethered, waitUntilReady } from '@lucency/dev-stack';
import { runFolder } from '../places.js';

export interface Member {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Asked until it says yes; left out, the program counts as ready once it runs. */
  ready?: () => Promise<boolean>;
}

/** The programs of the cluster: started one after another, ended in reverse. */
export class Household {
  readonly #programs: Tethered[] = [];

  async start({ name, command, args, env = {}, ready }: Member): Promise<void> {
    const program = await startTethered({
      name,
      command,
      args,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      logFile: join(runFolder, 'log', `${name}.log`),
    });
    this.#programs.push(program);
    if (ready) await waitUntilReady(program, ready, { deadlineMs: 180_000, everyMs: 200 });
  }

  /** Ends it with the others. */
  adopt(program: Tethered): void {
    this.#programs.push(program);
  }

  async stop(): Promise<void> {
    for (const program of this.#programs.reverse()) await program.stop();
  }
}

/** Whether this address answers with success. */
export const answers = (url: string) => () =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
