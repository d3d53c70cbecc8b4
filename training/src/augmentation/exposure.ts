import { between, type Random } from '@lucency/statistics';
import { mapShades, type Picture } from './picture.js';

export interface Exposure {
  /** Above 1 darkens the middle shades. */
  readonly gamma: number;
  /** Around the middle shade. */
  readonly contrast: number;
  readonly brightness: number;
}

export function expose(picture: Picture, { gamma, contrast, brightness }: Exposure): Picture {
  return mapShades(picture, (shade) => (shade ** gamma - 0.5) * contrast + 0.5 + brightness);
}

/** Histogram equalization, mixed with the picture as it was: 1 equalizes wholly. */
export function equalize(picture: Picture, share: number): Picture {
  const bins = 256;
  const counts = new Float64Array(bins);
  const binOf = (shade: number) => Math.min(bins - 1, Math.floor(shade * bins));
  for (const shade of picture.shades) counts[binOf(shade)] = (counts[binOf(shade)] ?? 0) + 1;
  let below = 0;
  const ranks = counts.map((count) => {
    below += count;
    return below / picture.shades.length;
  });
  return mapShades(picture, (shade) => (1 - share) * shade + share * (ranks[binOf(shade)] ?? shade));
}

/** Another film or look-up table: a rising curve through knots drawn at random. */
export function toneCurve(picture: Picture, random: Random): Picture {
  const steps = Array.from({ length: 4 }, () => between(random, 0.4, 1.6));
  const total = steps.reduce((sum, step) => sum + step, 0);
  const heights = [0];
  for (const step of steps) heights.push((heights.at(-1) ?? 0) + step / total);
  return mapShades(picture, (shade) => {
    const segment = Math.min(steps.length - 1, Math.floor(shade * steps.length));
    const from = heights[segment] ?? 0;
    const to = heights[segment + 1] ?? 1;
    return from + (to - from) * (shade * steps.length - segment);
  });
}

/** A beam that was not even: brighter to one side and in the middle, or darker. */
export function unevenBeam(picture: Picture, random: Random): Picture {
  const [down, across, bulge] = [0, 0, 0].map(() => between(random, -0.2, 0.2));
  const { side } = picture;
  return mapShades(picture, (shade, at) => {
    const y = Math.floor(at / side) / side - 0.5;
    const x = (at % side) / side - 0.5;
    return shade * (1 + (down ?? 0) * y + (across ?? 0) * x + (bulge ?? 0) * (0.5 - 4 * (x * x + y * y)));
  });
}
