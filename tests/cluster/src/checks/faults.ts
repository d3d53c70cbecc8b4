import { kubectl } from '../kubernetes/kubectl.js';
import { deploymentOf, isTrue, podsOf, until } from '../kubernetes/objects.js';
import { namespace } from '../platform/site.js';
import type { Check } from './check.js';
import { judged } from './upgrade.js';

const kills = 3;

export const workerKilled: Check = {
  name: 'worker-killed',
  promise: 'an inference pod killed without warning, again and again, loses and doubles nothing',
  run: (surroundings) =>
    judged(surroundings, async (_journal, { say }) => {
      for (let kill = 0; kill < kills; kill += 1) {
        const [pod] = await podsOf('inference-cpu');
        if (pod) await remove(pod.metadata.name);
        const back = async () => (await deploymentOf('inference-cpu')).ready > 0;
        say(`killed; another was ready after ${(await until('another', back, 180)).toFixed(0)} s`);
      }
      return [];
    }),
};

export const natsDeleted: Check = {
  name: 'nats-deleted',
  promise: 'a NATS pod deleted without warning under load loses and doubles nothing',
  run: (surroundings) =>
    judged(surroundings, async (_journal, { say }) => {
      const [pod] = await podsOf('nats');
      if (!pod) return ['there is no NATS pod'];
      await remove(pod.metadata.name);
      const back = async () => {
        const [next] = await podsOf('nats');
        return next !== undefined && isTrue('Ready', next.status.conditions);
      };
      say(`deleted; it was ready again after ${(await until('NATS again', back, 180)).toFixed(0)} s`);
      return [];
    }),
};

async function remove(pod: string): Promise<void> {
  await kubectl('--namespace', namespace, 'delete', 'pod', pod, '--grace-period=0', '--force');
}
