import { setTimeout as sleep } from 'node:timers/promises';
import type { Experiment } from './experiment.js';

export const gatewayKilled: Experiment = {
  name: 'gateway-killed',
  promise: 'a gateway killed between database and NATS loses and doubles nothing',
  run: async ({ gateway, nats }, journal, { studies, faults }) => {
    gateway.supervise();
    for (let fault = 0; fault < faults; fault += 1) {
      // A NATS that stands still takes the connection and answers nothing: studies are committed meanwhile, and
      // the gateway dies while publishing them.
      process.kill(nats.pid, 'SIGSTOP');
      const submitting = journal.submit(Math.ceil(studies / faults));
      await sleep(800);
      await gateway.kill();
      process.kill(nats.pid, 'SIGCONT');
      await submitting;
    }
    return [];
  },
};
