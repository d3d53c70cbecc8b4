import { distanceTo, evenTexture, pack, type TypicalTexture, textureCount } from '@lucency/model/card';
import { principalComponents } from './principal-components.js';

/** As many as fit into 20 KB of the card; of few pictures fewer, or directions would describe those pictures alone. */
const mostDirections = 24;
const picturesPerDirection = 8;
/** Share of undisturbed validation X-rays that a caution may fall on. */
const cautioned = 0.01;
/** Share of validation X-rays in all treatments that a far picture's distance surpasses, and by how much. */
const within = 0.999;
const margin = 1.2;

/** Of X-rays that the fit did not see. */
export interface ValidationTextures {
  readonly plain: readonly ArrayLike<number>[];
  /** As they are and in every disturbance. */
  readonly treated: readonly ArrayLike<number>[];
}

/**
 * What the textures of training X-rays have in common, with the distances that a caution and a doubt start at. The
 * training X-rays should show every disturbance: noise alone puts a picture four times as far from plain ones.
 * All are of 512 values each, as `Features.texture` has them.
 */
export function fitTypicality(
  train: readonly ArrayLike<number>[],
  validation: ValidationTextures,
): TypicalTexture {
  const rows = train.map(evenTexture);
  const mean = new Float64Array(textureCount);
  for (const row of rows)
    for (let at = 0; at < textureCount; at += 1) mean[at] = (mean[at] ?? 0) + (row[at] ?? 0) / rows.length;
  const directions = Math.max(1, Math.min(mostDirections, Math.floor(rows.length / picturesPerDirection)));
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
  const distances = (textures: readonly ArrayLike<number>[]) =>
    textures.map((texture) => distanceTo(texture, fitted)).sort((a, b) => a - b);
  const threshold = reachedBy(1 - cautioned, distances(validation.plain));
  const far = margin * reachedBy(within, distances(validation.treated));
  return { ...fitted, threshold: Number(threshold.toFixed(4)), far: Number(far.toFixed(4)) };
}

/** The smallest value that this share stays at or under. */
function reachedBy(share: number, sorted: readonly number[]): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.MAX_VALUE;
}
