import { homeSource } from '@lucency/evaluation';

/** All examples of other sources, and of the home source at most so many, taken evenly; all without a number. */
export function atMostAtHome<T extends { readonly source: string }>(
  examples: readonly T[],
  most: number | undefined,
): readonly T[] {
  const home = examples.filter(({ source }) => source === homeSource);
  const step = Math.max(1, home.length / (most ?? home.length));
  const kept = new Set(home.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)));
  return examples.filter((example) => example.source !== homeSource || kept.has(example));
}
