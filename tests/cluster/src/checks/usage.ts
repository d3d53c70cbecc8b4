import { setTimeout as sleep } from 'node:timers/promises';
import { Journal } from '@lucency/faults';
import { memoryOf, podsOf } from '../kubernetes/objects.js';
import { type Usage, usageOfContainers } from '../kubernetes/usage.js';
import type { Check } from './check.js';
import { underLoad } from './load.js';

/** Containers by name, which is their component's. */
const components = [
  ...['gateway', 'coordinator', 'inference-cpu', 'explain', 'web'],
  ...['nats', 'postgres'],
];
const loadSeconds = 90;
const lookMs = 3000;

export const usage: Check = {
  name: 'usage',
  promise:
    'under load each container usually takes no more memory than it requests, and never more than half its limit',
  async run({ platform, say }) {
    const journal = new Journal(await platform());
    const looks: Usage[][] = [await usageOfContainers()];
    await underLoad(journal, async () => {
      for (let begun = Date.now(); Date.now() - begun < loadSeconds * 1000; ) {
        await sleep(lookMs);
        looks.push(await usageOfContainers());
      }
    });
    await journal.settled(120_000);
    looks.push(await usageOfContainers());
    const studies = journal.entries.length;
    say(`${studies} X-rays in ${loadSeconds} s`);

    const problems: string[] = [];
    for (const name of components) {
      const allowed = memoryOf(await podsOf(name), name);
      const sizes = looks
        .flat()
        .flatMap(({ container, memoryMiB }) => (container === name ? [memoryMiB] : []));
      if (!allowed || sizes.length === 0) {
        problems.push(`${name} was not measured`);
        continue;
      }
      const usual = [...sizes].sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
      const most = Math.max(...sizes);
      const cpuMs = (1000 * cpuSecondsOf(looks, name)) / studies;
      say(
        `${name.padEnd(14)} usually ${usual.toFixed(0)} MiB, at most ${most.toFixed(0)}, of ${allowed.requestMiB} to ` +
          `${allowed.limitMiB}; ${cpuMs.toFixed(1)} ms of processor for each X-ray`,
      );
      if (usual > allowed.requestMiB) problems.push(`${name} usually takes more memory than it requests`);
      if (most > allowed.limitMiB / 2) problems.push(`${name} takes more than half of its limit of memory`);
    }
    return problems;
  },
};

/** Of all containers of a name, those too that came or went meanwhile. */
function cpuSecondsOf(looks: readonly Usage[][], name: string): number {
  const first = new Map(
    (looks[0] ?? []).map(({ pod, container, cpuSeconds }) => [`${pod}/${container}`, cpuSeconds]),
  );
  const last = new Map<string, number>();
  for (const { pod, container, cpuSeconds } of looks.flat()) {
    if (container === name) last.set(`${pod}/${container}`, cpuSeconds);
  }
  return [...last].reduce((sum, [key, seconds]) => sum + seconds - (first.get(key) ?? 0), 0);
}
