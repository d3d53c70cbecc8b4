import { Journal } from '@lucency/faults';
import { addNodes, gpuNode, removeNode } from '../fakes/nodes.js';
import { isTrue, podsOf, until } from '../kubernetes/objects.js';
import { overlays, upgrade } from '../platform/release.js';
import type { Check } from './check.js';
import { underLoad } from './load.js';

export const gpu: Check = {
  name: 'gpu',
  promise:
    'a GPU pod waits for a GPU while a CPU pod serves, and is placed when a node with GPUs appears (fake nodes)',
  async run({ platform, say }) {
    const open = await platform();
    await removeNode(gpuNode);
    await upgrade(overlays.gpu);
    const problems: string[] = [];
    const journal = new Journal(open);
    try {
      await underLoad(journal, async () => {
        const woken = await until(
          'a GPU pod for the backlog',
          async () => (await podsOf('inference-gpu')).length > 0,
          120,
        );
        const [pending] = await podsOf('inference-gpu');
        say(`the backlog asked for a GPU pod after ${woken.toFixed(0)} s; it is ${pending?.status.phase}`);
        if (pending?.status.phase !== 'Pending' || pending.spec.nodeName)
          problems.push('it was placed without a GPU');
        const before = journal.entries.length;
        await until('studies while it waits', async () => journal.entries.length > before + 4, 60);
        const served = await journal.settled(120_000);
        say(`${served.length} X-rays were read meanwhile by CPU`);

        await addNodes([gpuNode]);
        const placed = async () => {
          const [pod] = await podsOf('inference-gpu');
          return pod?.spec.nodeName === gpuNode.name && isTrue('Ready', pod.status.conditions);
        };
        say(
          `placed ${(await until('a place on the GPU node', placed, 120)).toFixed(0)} s after the node appeared`,
        );
      });
    } finally {
      await removeNode(gpuNode);
      await upgrade();
    }
    return problems;
  },
};
