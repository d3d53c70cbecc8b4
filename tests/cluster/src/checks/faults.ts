import { isReady, type Pod, podsOf, until } from '../kubernetes/objects.js';
import { kill } from '../node/kill.js';
import type { Check } from './check.js';
import { judged } from './judged.js';

const kills = 3;

export const workerKilled: Check = {
  name: 'worker-killed',
  promise: 'an inference pod killed without warning, again and again, loses and doubles nothing',
  run: (surroundings) =>
    judged(surroundings, async (_journal, { say }) => {
      for (let time = 0; time < kills; time += 1) {
        const pods = await podsOf('inference-cpu');
        const serving = pods.filter(isReady);
        if (serving.length === 0) return ['there is no inference pod'];
        for (const pod of serving) await kill(pod);
        const seconds = await until('a new one', () => anotherIsReady('inference-cpu', pods), 180);
        say(`killed ${serving.length} of ${pods.length}; a new one was ready after ${seconds.toFixed(0)} s`);
      }
      return [];
    }),
};

export const natsDeleted: Check = {
  name: 'nats-deleted',
  promise: 'a NATS pod deleted without warning under load loses and doubles nothing',
  run: (surroundings) =>
    judged(surroundings, async (_journal, { say }) => {
      const pods = await podsOf('nats');
      const [pod] = pods;
      if (!pod) return ['there is no NATS pod'];
      await kill(pod);
      const seconds = await until('NATS again', () => anotherIsReady('nats', pods), 180);
      say(`killed and deleted; it was ready again after ${seconds.toFixed(0)} s`);
      return [];
    }),
};

/** Whether one is ready that is none of the earlier ones, whatever their names. */
async function anotherIsReady(component: string, earlier: readonly Pod[]): Promise<boolean> {
  const known = new Set(earlier.map(({ metadata }) => metadata.uid));
  return (await podsOf(component)).some((pod) => !known.has(pod.metadata.uid) && isReady(pod));
}
