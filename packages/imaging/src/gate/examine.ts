import { measure, type QualityMeasures } from '../measures.js';
import type { Picture } from '../picture.js';
import { toGrid } from '../shades.js';
import type { PoseConstants } from './constants.js';
import { findPose, isMirrored, type Orientation } from './pose.js';

export interface Examination {
  /** [224, 224] in 0..1, positive, as it lay. */
  shades: Float32Array;
  inverted: boolean;
  orientation: Orientation;
  mirrored: boolean;
  measures: QualityMeasures;
}

/** Finds out how the picture lies, and measures it as if it lay right. */
export function examine(picture: Picture, constants: PoseConstants): Examination {
  const seen = picture.shades;
  const { orientation, inverted, grid } = findPose(toGrid(seen), constants.pose);
  const shades = inverted ? seen.map((shade) => 1 - shade) : seen;
  return {
    shades,
    inverted,
    orientation,
    mirrored: isMirrored(grid, constants.mirror),
    measures: measure(picture, shades),
  };
}
