import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from './experiment.js';

export const workerKilled: Experiment = {
  name: 'worker-killed',
  promise: 'a worker killed with SIGKILL in the middle of a batch loses and doubles nothing',
  run: async ({ inference, explain }, journal, { studies, faults }) => {
    inference.supervise();
    explain.supervise();
    const submitting = journal.submit(studies);
    for (let fault = 0; fault < faults; fault += 1) {
      await sleep(700);
      await Promise.all([inference.kill(), fault % 2 === 1 ? explain.kill() : undefined]);
    }
    await submitting;
    return [];
  },
};
