import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from './experiment.js';

export const workerStopped: Experiment = {
  name: 'worker-stopped',
  promise: 'SIGTERM finishes what is in hand and takes nothing new',
  run: async (platform, journal, { studies }) => {
    const problems: string[] = [];
    await journal.submit(studies, { atOnce: 8 });
    const code = await platform.inference.stop();
    if (code !== 0) problems.push(`the worker ended with exit code ${code}`);
    await sleep(500);
    const recorded = async () => {
      const found = await platform.database.query<{ rows: number }>(
        'SELECT count(*)::int AS rows FROM reading',
      );
      return found.rows[0]?.rows ?? 0;
    };
    const atStop = await recorded();
    // What it had in hand was answered and acked, so nothing comes back as tried when its time is over.
    await sleep(3_000);
    if ((await recorded()) !== atStop) problems.push('it went on after it had ended');
    await platform.inference.start();
    await journal.settled(60_000);
    const tried = await platform.database.query<{ rows: number }>(
      'SELECT count(*)::int AS rows FROM task WHERE tries > 0',
    );
    if (tried.rows[0]?.rows !== 0) problems.push('jobs in hand were dropped');
    return problems;
  },
};
