import { mirroredGrid, posesOf } from '@lucency/imaging/gate';

const rounds = 250;
/** Decay of the weights: the poses of training X-rays can be told apart perfectly, so nothing else bounds them. */
const decay = 1e-3;
const pace = 0.02;

/**
 * Weights whose product with a grid is highest for its upright, positive pose: one softmax over the eight poses of
 * each grid (multinomial logistic regression that shares its weights). @returns [16, 16].
 */
export function fitPose(grids: readonly Float32Array[]): number[] {
  const poses = grids.map((grid) => posesOf(grid).map((pose) => pose.grid));
  return descend((weights, slope) => {
    for (const turns of poses) {
      const scores = turns.map((turn) => product(turn, weights));
      const top = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - top));
      const total = odds.reduce((sum, odd) => sum + odd, 0);
      turns.forEach((turn, at) => {
        add(slope, turn, ((odds[at] ?? 0) / total - (at === 0 ? 1 : 0)) / poses.length);
      });
    }
  });
}

/** Antisymmetric weights whose product with a grid is positive when it is mirrored (logistic regression). */
export function fitMirror(grids: readonly Float32Array[]): number[] {
  const leanings = grids.map((grid) => {
    const mirror = mirroredGrid(grid);
    return grid.map((value, at) => (value - (mirror[at] ?? 0)) / 2);
  });
  return descend((weights, slope) => {
    for (const leaning of leanings)
      add(slope, leaning, 1 / (1 + Math.exp(-product(leaning, weights))) / leanings.length);
  });
}

/** Adam (Kingma and Ba 2015) over all grids at once. */
function descend(addSlope: (weights: Float64Array, slope: Float64Array) => void): number[] {
  const weights = new Float64Array(256);
  const mean = new Float64Array(256);
  const square = new Float64Array(256);
  for (let round = 1; round <= rounds; round += 1) {
    const slope = weights.map((weight) => decay * weight);
    addSlope(weights, slope);
    slope.forEach((value, at) => {
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * value;
      square[at] = 0.99 * (square[at] ?? 0) + 0.01 * value * value;
      const step = (mean[at] ?? 0) / (1 - 0.9 ** round);
      const size = Math.sqrt((square[at] ?? 0) / (1 - 0.99 ** round));
      weights[at] = (weights[at] ?? 0) - (pace * step) / (size + 1e-8);
    });
  }
  return [...weights].map((weight) => Number(weight.toFixed(3)));
}

function product(grid: Float32Array, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += (grid[at] ?? 0) * (weights[at] ?? 0);
  return sum;
}

function add(to: Float64Array, grid: Float32Array, share: number): void {
  for (let at = 0; at < to.length; at += 1) to[at] = (to[at] ?? 0) + share * (grid[at] ?? 0);
}
