import { correlation } from '@lucency/statistics';

/** Spearman 1904: the correlation of the ranks, ties sharing theirs; 0 where a map is the same everywhere. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return correlation(ranks(a), ranks(b));
}

function ranks(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (value, place) => ({ value, place })).sort((x, y) => x.value - y.value);
  const ranked = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (order[end]?.value === order[start]?.value && end < order.length) end += 1;
    for (const { place } of order.slice(start, end)) ranked[place] = (start + end - 1) / 2;
    start = end;
  }
  return ranked;
}
