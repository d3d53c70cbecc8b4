import { evict } from '../kubernetes/evict.js';
import { deploymentOf, podsOf, until } from '../kubernetes/objects.js';
import type { Check } from './check.js';

export const drain: Check = {
  name: 'drain',
  promise:
    'a drain takes one gateway after the other: the second eviction is answered with 429 until the first is back',
  async run({ platform, say }) {
    await platform();
    const twoReady = async () => (await deploymentOf('gateway')).ready === 2;
    await until('two gateways', twoReady, 180);
    const [first, second] = await podsOf('gateway');
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
    const begun = Date.now();
    await until('two gateways again', twoReady, 240);
    say(`both gateways ready again ${((Date.now() - begun) / 1000).toFixed(0)} s later`);
    return problems;
  },
};
