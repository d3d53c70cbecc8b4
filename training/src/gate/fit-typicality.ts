import { distanceTo, evenTexture, pack, type TypicalTexture, textureCount } from '@lucency/model/card';
import { principalComponents } from './principal-components.js';

/** As many as fit into 20 KB of the card. */
const directions = 24;
/** Share of validation X-rays that a caution may fall on. */
const cautioned = 0.01;

/**
 * What the textures of training X-rays have in common, with the distance that all but 1 % of validation X-rays stay
 * within. @param train @param validation 512 values each, as `Features.texture` has them.
 */
export function fitTypicality(
  train: readonly ArrayLike<number>[],
  validation: readonly ArrayLike<number>[],
): TypicalTexture {
  const rows = train.map(evenTexture);
  const mean = new Float64Array(textureCount);
  for (const row of rows)
    for (let at = 0; at < textureCount; at += 1) mean[at] = (mean[at] ?? 0) + (row[at] ?? 0) / rows.length;
  const components = principalComponents(rows, mean, directions);
  const total = rows.reduce(
    (sum, row) => sum + row.reduce((of, value, at) => of + (value - (mean[at] ?? 0)) ** 2, 0),
    0,
  );
  const explained = components.reduce((sum, { deviation }) => sum + deviation ** 2, 0);
  const fitted = {
    mean: pack(mean),
    directions: components.map(({ direction, deviation }) => ({
      deviation: Number(deviation.toPrecision(5)),
      ...pack(direction),
    })),
    residual: Number(
      Math.sqrt((total / rows.length - explained) / (textureCount - directions)).toPrecision(5),
    ),
  };
  const distances = validation.map((texture) => distanceTo(texture, fitted)).sort((a, b) => b - a);
  const threshold = distances[Math.floor(cautioned * distances.length)] ?? Number.MAX_VALUE;
  return { ...fitted, threshold: Number(threshold.toFixed(4)) };
}
