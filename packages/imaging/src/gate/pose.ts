import { turned } from '../shades.js';
import type { MirrorWeights, PoseWeights } from './constants.js';

/** The clockwise turn that a picture seems to have undergone. */
export const orientations = ['UPRIGHT', 'ROTATED_90', 'ROTATED_180', 'ROTATED_270'] as const;
export type Orientation = (typeof orientations)[number];

export interface Pose {
  orientation: Orientation;
  /** Bright lungs: the picture is a negative. */
  inverted: boolean;
  /** The grid turned back and made positive. */
  grid: Float32Array;
}

/**
 * Tries the four turns of a grid and of its negative. The picture is upright and positive unless another pose is
 * clearly more likely: a doubtful picture stays as it is.
 * @param grid [16, 16], mean 0 and deviation 1.
 */
export function findPose(grid: Float32Array, { weights, margin }: PoseWeights): Pose {
  const poses = posesOf(grid);
  const scores = poses.map((pose) => dot(pose.grid, weights));
  const [upright = 0] = scores;
  let best = 0;
  let lead = 0;
  poses.forEach(({ orientation, inverted }, at) => {
    const needed = inverted && orientation === 'UPRIGHT' ? margin.negative : margin.turned;
    const ahead = (scores[at] ?? 0) - upright - needed;
    if (at > 0 && ahead > lead) {
      best = at;
      lead = ahead;
    }
  });
  return poses[best] ?? { orientation: 'UPRIGHT', inverted: false, grid };
}

/** All eight, as it is first. */
export function posesOf(grid: Float32Array): Pose[] {
  const quarter = turned(grid);
  const half = turned(quarter);
  const grids = [grid, turned(half), half, quarter];
  return [false, true].flatMap((inverted) =>
    grids.map((back, at) => ({
      orientation: orientations[at] ?? 'UPRIGHT',
      inverted,
      grid: inverted ? back.map((value) => -value) : back,
    })),
  );
}

/** Whether the heart clearly lies on the wrong side of an upright grid. */
export function isMirrored(grid: Float32Array, { weights, threshold }: MirrorWeights): boolean {
  return dot(grid, weights) > threshold;
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
