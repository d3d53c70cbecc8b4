import type { Random } from '@lucency/statistics';

/** Draws a duration in seconds. */
export type Sampler = (random: Random) => number;

export function always(seconds: number): Sampler {
  return () => seconds;
}

export function exponential(mean: number): Sampler {
  return (random) => -mean * Math.log(1 - random());
}

/**
 * As measured: `quantiles` are seconds at equal steps of probability from the least to the largest, between which the
 * inverse of the distribution function is taken as straight.
 */
export function asMeasured(quantiles: readonly number[]): Sampler {
  const last = quantiles.length - 1;
  return (random) => {
    const place = random() * last;
    const step = Math.min(last - 1, Math.floor(place));
    const [below = 0, above = below] = [quantiles[step], quantiles[step + 1]];
    return below + (above - below) * (place - step);
  };
}
