import type { ChestShape } from '@lucency/imaging/gate';
import { principalComponents } from './principal-components.js';

/** Ways in which chests vary that are kept. */
const ways = 12;

/** @param grids [16, 16] each, mean 0 and deviation 1. */
export function fitShape(grids: readonly Float32Array[]): ChestShape {
  const sum = new Float64Array(grids[0]?.length ?? 0);
  for (const grid of grids)
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (grid[at] ?? 0);
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0) / sum.length);
  const mean = sum.map((value) => value / length);
  // What points along the mean is likeness; the ways are looked for beside it.
  const beside = grids.map((grid) => {
    const along = grid.reduce((total, value, at) => total + value * (mean[at] ?? 0), 0) / mean.length;
    return grid.map((value, at) => value - along * (mean[at] ?? 0));
  });
  const components = principalComponents(beside, new Float64Array(sum.length), ways);
  return {
    mean: [...mean].map((value) => rounded(value, 2)),
    components: components.map(({ direction, deviation }) => ({
      deviation: rounded(deviation, 3),
      direction: [...direction].map((value) => rounded(value, 3)),
    })),
  };
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
