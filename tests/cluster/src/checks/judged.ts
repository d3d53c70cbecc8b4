import { Journal, judge, type Verdict } from '@lucency/faults';
import type { Platform } from '../platform/platform.js';
import type { Surroundings } from './check.js';
import { underLoad } from './load.js';

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
  return [...problems, ...problemsOf(verdict)];
}

/** What the journal holds against the platform: nothing lost, nothing doubled, every X-ray read. */
export function problemsOf({ lost, doubled, ended }: Verdict): string[] {
  const failed = ended.FAILED ?? 0;
  return [
    ...(lost > 0 ? [`${lost} acknowledged studies were lost`] : []),
    ...(doubled > 0 ? [`${doubled} submissions have more than one result`] : []),
    ...(failed > 0 ? [`${failed} studies were given up`] : []),
  ];
}

export function summary({ acknowledged, lost, doubled, ended }: Verdict): string {
  const ends = Object.entries(ended).map(([end, count]) => `${count} ${end}`);
  return `journal: ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled; ${ends.join(', ')}`;
}
