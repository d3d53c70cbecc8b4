import { setTimeout as sleep } from 'node:timers/promises';
import { Journal, judge, type Verdict } from '@lucency/faults';
import { isTrue, podsOf } from '../kubernetes/objects.js';
import type { Platform } from '../platform/platform.js';
import { nextTag, rollBack, upgrade } from '../platform/release.js';
import type { Check, Surroundings } from './check.js';
import { underLoad } from './load.js';

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

/** Runs something under load and lets the journal say what became of it. */
export async function judged(
  surroundings: Surroundings,
  happening: (journal: Journal, surroundings: Surroundings, platform: Platform) => Promise<string[]>,
): Promise<string[]> {
  const open = await surroundings.platform();
  const journal = new Journal(open);
  const problems = await underLoad(journal, () => happening(journal, surroundings, open));
  const verdict = await judge(open, journal, await journal.settled(180_000));
  surroundings.say(summary(verdict));
  if (verdict.lost > 0) problems.push(`${verdict.lost} acknowledged studies were lost`);
  if (verdict.doubled > 0) problems.push(`${verdict.doubled} submissions have more than one result`);
  return problems;
}

function summary({ acknowledged, lost, doubled, ended }: Verdict): string {
  const ends = Object.entries(ended).map(([end, count]) => `${count} ${end}`);
  return `journal: ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled; ${ends.join(', ')}`;
}

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
