import { mirroredGrid } from '../shades.js';
import type { ChestShape } from './constants.js';

/** How a grid compares with frontal chest X-rays. */
export interface ShapeMeasures {
  /** Pearson correlation with the average one. */
  likeness: number;
  /** Share of the grid's variance that the ways in which chests vary do not explain: 0 to 1. */
  unexplained: number;
  /** Root mean square of the grid's place along those ways, in deviations: about 1 for chests. */
  unusual: number;
  /** Pearson correlation of the grid with its mirror image. */
  symmetry: number;
}

/** @param grid [16, 16], mean 0 and deviation 1, upright and positive. */
export function measureShape(grid: Float32Array, { mean, components }: ChestShape): ShapeMeasures {
  const cells = grid.length;
  const likeness = dot(grid, mean) / cells;
  const places = components.map(({ direction }) => dot(grid, direction));
  const explained = places.reduce((sum, place) => sum + place * place, 0) / cells + likeness ** 2;
  const squares = components.reduce(
    (sum, { deviation }, at) => sum + ((places[at] ?? 0) / deviation) ** 2,
    0,
  );
  return {
    likeness,
    unexplained: Math.max(0, 1 - explained),
    unusual: Math.sqrt(squares / components.length),
    symmetry: dot(grid, mirroredGrid(grid)) / cells,
  };
}

export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
