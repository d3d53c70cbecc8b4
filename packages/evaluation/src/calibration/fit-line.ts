/** What a line is fitted to: `fitted = 1 / (1 + exp(-(slope * x + offset)))` is to come near `target`. */
export interface LinePoint {
  readonly x: number;
  /** In [0, 1]. */
  readonly target: number;
  readonly weight: number;
}

export interface LineFit {
  /** Where it begins, and the mean of the prior. */
  readonly around: { readonly slope: number; readonly offset: number };
  /** Precisions of a Gaussian prior; 0 is none. */
  readonly prior: { readonly slope: number; readonly offset: number };
  /** A little on the diagonal, so that points that are all alike can be fitted too; it moves no other fit. */
  readonly ridge: number;
  readonly leastSlope: number;
  readonly turns: number;
  /** Sum of both steps below which it has arrived. */
  readonly arrived: number;
}

/** Slope and offset of least weighted cross-entropy and prior, by Newton's method. */
export function fitLine(points: readonly LinePoint[], fit: LineFit): { slope: number; offset: number } {
  const { around, prior, ridge, leastSlope, turns, arrived } = fit;
  let { slope, offset } = around;
  for (let turn = 0; turn < turns; turn++) {
    const gradient = {
      slope: (slope - around.slope) * prior.slope,
      offset: (offset - around.offset) * prior.offset,
    };
    const curvature = { slope: prior.slope + ridge, both: 0, offset: prior.offset + ridge };
    for (const { x, target, weight } of points) {
      const fitted = 1 / (1 + Math.exp(-(slope * x + offset)));
      const error = weight * (fitted - target);
      gradient.slope += error * x;
      gradient.offset += error;
      const bend = weight * fitted * (1 - fitted);
      curvature.slope += bend * x * x;
      curvature.both += bend * x;
      curvature.offset += bend;
    }
    const determinant = curvature.slope * curvature.offset - curvature.both ** 2;
    const step = {
      slope: (curvature.offset * gradient.slope - curvature.both * gradient.offset) / determinant,
      offset: (curvature.slope * gradient.offset - curvature.both * gradient.slope) / determinant,
    };
    // Far from the optimum Newton's steps overshoot; the loss is convex, so short ones arrive too.
    const shortened = Math.min(1, 1 / Math.max(Math.abs(step.slope), Math.abs(step.offset), 1e-12));
    slope = Math.max(leastSlope, slope - shortened * step.slope);
    offset -= shortened * step.offset;
    if (Math.abs(step.slope) + Math.abs(step.offset) < arrived) break;
  }
  return { slope, offset };
}
