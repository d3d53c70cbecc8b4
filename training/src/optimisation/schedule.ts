/** How the learning rate runs over a training. */
export type Schedule =
  /** Up in a straight line over `warmupSteps`, then down along a cosine to nothing (Loshchilov and Hutter 2017). */
  | { readonly kind: 'cosine'; readonly warmupSteps: number }
  /** Halved whenever so many epochs brought no lower validation loss. */
  | { readonly kind: 'plateau'; readonly patience: number };

/** The share of the highest rate at a step, counted from 0. */
export function cosineShare(step: number, steps: number, warmupSteps: number): number {
  if (step < warmupSteps) return (step + 1) / warmupSteps;
  return 0.5 * (1 + Math.cos((Math.PI * (step - warmupSteps)) / Math.max(1, steps - warmupSteps)));
}

/** The share after epochs of these validation losses. */
export function plateauShare(losses: readonly number[], patience: number): number {
  let share = 1;
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const loss of losses) {
    waited = loss < best ? 0 : waited + 1;
    best = Math.min(best, loss);
    if (waited < patience) continue;
    share /= 2;
    waited = 0;
  }
  return share;
}

/** Epochs since the lowest loss. */
export function epochsWithoutGain(losses: readonly number[]): number {
  return losses.length - 1 - losses.indexOf(Math.min(...losses));
}
