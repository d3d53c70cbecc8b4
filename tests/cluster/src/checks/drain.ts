import { evict } from '../kubernetes/evict.js';
import { isReady, type Pod, podsOf, until } from '../kubernetes/objects.js';
import type { Check } from './check.js';

export const drain: Check = {
  name: 'drain',
  promise:
    'a drain takes one gateway after the other: the second eviction is answered with 429 until the first is back',
  async run({ platform, say }) {
    await platform();
    await until('two gateways', async () => (await serving()).length === 2, 180);
    const [first, second] = await serving();
    if (!first || !second) return ['there are not two gateways'];
    const problems: string[] = [];
    const one = await evict(first.metadata.name);
    if (one) problems.push(`the first eviction was refused: ${one}`);
    const two = await evict(second.metadata.name);
    if (two?.includes('TooManyRequests')) say(`the second eviction was answered: ${two}`);
    else
      problems.push(
        two ? `the second eviction was refused otherwise: ${two}` : 'the second was granted, too',
      );
    const seconds = await until('two gateways again', async () => (await serving()).length === 2, 240);
    say(`two gateways ready again ${seconds.toFixed(0)} s later`);
    const three = await evict(second.metadata.name);
    if (three) problems.push(`the second eviction was refused although the first was back: ${three}`);
    await until('two gateways at last', async () => (await serving()).length === 2, 240);
    return problems;
  },
};

/** Gateways that are ready and were not told to go. */
async function serving(): Promise<Pod[]> {
  return (await podsOf('gateway')).filter(isReady);
}
