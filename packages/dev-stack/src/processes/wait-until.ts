import { setTimeout as sleep } from 'node:timers/promises';
import type { Tethered } from './tether.js';

/** A program ended, or stayed silent, before it was ready. The message carries the tail of its log. */
export class StartFailure extends Error {
  override name = 'StartFailure';
}

/**
 * Asks `ready` again and again until it says yes.
 * Throws StartFailure when the program ends first or the deadline passes.
 */
export async function waitUntilReady(
  program: Tethered,
  ready: () => Promise<boolean>,
  { deadlineMs = 60_000, everyMs = 40 } = {},
): Promise<void> {
  const giveUpAt = Date.now() + deadlineMs;
  while (program.isRunning()) {
    if (await ready()) return;
    if (Date.now() > giveUpAt) {
      await program.kill();
      throw new StartFailure(
        `${program.name} was not ready after ${deadlineMs / 1000} s. The end of ${program.logFile}:\n${program.tail()}`,
      );
    }
    await sleep(everyMs);
  }
  const { code, signal } = await program.exited;
  throw new StartFailure(
    `${program.name} ended while starting (${signal ?? `exit code ${code}`}). The end of ${program.logFile}:\n${program.tail()}`,
  );
}
