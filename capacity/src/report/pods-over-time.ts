import type { PodCount } from '../workers/deployment.js';

const blocks = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Most ready pods in each of so many equal parts of the time. */
export function mostPods(history: readonly PodCount[], from: number, until: number, parts: number): number[] {
  const width = (until - from) / parts;
  return Array.from({ length: parts }, (_, part) => {
    const [start, end] = [from + part * width, from + (part + 1) * width];
    const before = history.findLast(({ time }) => time <= start)?.ready ?? 0;
    const within = history.filter(({ time }) => time > start && time < end).map(({ ready }) => ready);
    return Math.max(before, ...within);
  });
}

/** A line of blocks, the highest for the most pods of all; a dot where there are none. */
export function sparkline(counts: readonly number[]): string {
  const highest = Math.max(1, ...counts);
  return counts.map((count) => blocks[Math.ceil((count / highest) * (blocks.length - 1))] ?? '').join('');
}
