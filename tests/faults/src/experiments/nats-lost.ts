import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from './experiment.js';

function natsGone(name: string, promise: string, emptied: boolean): Experiment {
  return {
    name,
    promise,
    run: async ({ nats }, journal, { studies, faults }) => {
      const submitting = journal.submit(studies);
      for (let fault = 0; fault < faults; fault += 1) {
        await sleep(500);
        await nats.kill();
        if (emptied) nats.wipe();
        await sleep(500);
        await nats.start();
      }
      await submitting;
      return [];
    },
  };
}

export const natsRestarted = natsGone(
  'nats-restarted',
  'NATS stopped and started while studies are submitted loses and doubles nothing',
  false,
);

export const natsEmptied = natsGone(
  'nats-emptied',
  'NATS started with an empty store while studies are submitted loses and doubles nothing',
  true,
);
