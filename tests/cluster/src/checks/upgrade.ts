import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '@lucency/faults';
import { isTrue, podsOf } from '../kubernetes/objects.js';
import { nextTag, rollBack, upgrade } from '../platform/release.js';
import type { Check } from './check.js';
import { judged } from './judged.js';

export const upgradeUnderLoad: Check = {
  name: 'upgrade',
  promise: 'an upgrade and its rollback under load lose and double nothing, old and new pods side by side',
  run: (surroundings) =>
    judged(surroundings, async (journal, { say }) => {
      const problems: string[] = [];
      const changes: [string, () => Promise<number>][] = [
        ['upgrade', () => upgrade([], [`images.tag=${nextTag}`])],
        ['rollback', rollBack],
      ];
      for (const [name, change] of changes) {
        const { seconds, together, submitted } = await watched(journal, change);
        say(
          `${name}: ${seconds.toFixed(0)} s, ${submitted} studies acknowledged meanwhile, ` +
            `old and new gateways ready together for ${together.toFixed(0)} s`,
        );
        if (together === 0) problems.push(`during the ${name} old and new never served together`);
      }
      return problems;
    }),
};

const lookMs = 1000;

/** Looks at the gateways while a change goes on. */
async function watched(journal: Journal, change: () => Promise<number>) {
  let going = true;
  let together = 0;
  const before = journal.entries.length;
  const looking = (async () => {
    while (going) {
      const ready = (await podsOf('gateway')).filter(({ status }) => isTrue('Ready', status.conditions));
      const images = new Set(ready.flatMap(({ spec }) => spec.containers.map(({ image }) => image)));
      if (images.size > 1) together += lookMs / 1000;
      await sleep(lookMs);
    }
  })();
  const seconds = await change().finally(() => {
    going = false;
  });
  await looking;
  return { seconds, together, submitted: journal.entries.length - before };
}
