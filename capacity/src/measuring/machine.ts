import { availableParallelism, cpus, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceTimes } from '../service-times/service-times.js';

const lookMs = 3000;

/** What a reader needs to compare with their own machine, and nothing that names this one. */
export function describeMachine(): ServiceTimes['machine'] {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

/** Share of all cores, 0-1, that programs took in the last three seconds while this one did nothing. */
export async function othersBusy(): Promise<number> {
  const before = times();
  await sleep(lookMs);
  const after = times();
  return Math.round((100 * (after.busy - before.busy)) / (after.all - before.all)) / 100;
}

function times(): { busy: number; all: number } {
  const sums = cpus().map(({ times: { user, nice, sys, irq, idle } }) => ({
    busy: user + nice + sys + irq,
    idle,
  }));
  const busy = sums.reduce((sum, core) => sum + core.busy, 0);
  return { busy, all: sums.reduce((sum, core) => sum + core.idle, busy) };
}
