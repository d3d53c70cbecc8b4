import { Journal } from '@lucency/faults';
import { addNodes, gpuNode, gpu as gpuResource, removeNode } from '../fakes/nodes.js';
import { isTrue, podsOf, until } from '../kubernetes/objects.js';
import { overlays, upgrade } from '../platform/release.js';
import type { Check } from './check.js';
import { underLoad } from './load.js';

const component = 'inference-gpu';

export const gpu: Check = {
  name: 'gpu',
  promise:
    'a GPU pod waits for a GPU while a CPU pod serves, is placed when a node with GPUs appears (fake nodes), and goes',
  async run({ platform, say }) {
    const open = await platform();
    await removeNode(gpuNode);
    await upgrade(overlays.gpu);
    await until('no GPU pod without backlog', async () => (await podsOf(component)).length === 0, 120);
    const problems: string[] = [];
    const journal = new Journal(open);
    try {
      await underLoad(journal, async () => {
        const woken = await until(
          'a GPU pod for the backlog',
          async () => (await podsOf(component)).length > 0,
          120,
        );
        say(`the backlog asked for a GPU pod after ${woken.toFixed(0)} s`);
        await until('the scheduler’s refusal', async () => (await refusals()).length > 0, 30);
        const before = journal.entries.length;
        await until('studies while it waits', async () => journal.entries.length > before + 4, 60);
        const served = await journal.settled(120_000, [...journal.entries]);
        const [refusal] = await refusals();
        say(`${served.length} X-rays were read by CPU, and still it waits: ${refusal ?? 'no longer'}`);
        if (!refusal?.includes(gpuResource)) problems.push('what it waits for is not a GPU');

        await addNodes([gpuNode]);
        const placed = async () => {
          const [pod] = await podsOf(component);
          return pod?.spec.nodeName === gpuNode.name && isTrue('Ready', pod.status.conditions);
        };
        say(
          `placed ${(await until('a place on the GPU node', placed, 120)).toFixed(0)} s after the node appeared`,
        );
      });
      const gone = async () => (await podsOf(component)).length === 0;
      say(
        `gone ${(await until('no GPU pod after the backlog', gone, 240)).toFixed(0)} s after the last X-ray`,
      );
    } finally {
      await removeNode(gpuNode);
      await upgrade();
    }
    return problems;
  },
};

/** What the scheduler says of GPU pods that it cannot place. */
async function refusals(): Promise<string[]> {
  const conditions = (await podsOf(component)).flatMap(({ status }) => status.conditions);
  return conditions.flatMap(({ type, status, message }) =>
    type === 'PodScheduled' && status === 'False' ? [message] : [],
  );
}
