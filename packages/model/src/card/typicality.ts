import { textureCount } from '../architecture.js';
import type { ModelCard, TypicalTexture } from './model-card.js';

export interface Typicality {
  /** Root mean square of the deviations from what training pictures look like: about 1 for them. */
  readonly distance: number;
  /** Beyond the card's threshold: worth a caution, never a refusal. */
  readonly untypical: boolean;
  /** Beyond what X-rays reach: with doubts about the shape worth a refusal, by itself never. */
  readonly far: boolean;
}

/**
 * How far a picture's texture lies from those of training pictures: Mahalanobis distance within their principal
 * components, and one deviation for all that these leave over (probabilistic PCA, Tipping and Bishop 1999).
 * @param texture 512 values, as `Classification` has them. Null where the card knows nothing of it.
 */
export function typicality(texture: Float32Array, card: Pick<ModelCard, 'typicality'>): Typicality | null {
  if (texture.length !== textureCount) throw new RangeError(`a texture has ${textureCount} values`);
  if (!card.typicality) return null;
  const distance = distanceTo(texture, card.typicality);
  const { threshold, far } = card.typicality;
  return { distance, untypical: distance > threshold, far: distance > far };
}

/** The distance by itself, as the run that chooses the threshold needs it. */
export function distanceTo(
  texture: ArrayLike<number>,
  { mean, directions, residual }: Omit<TypicalTexture, 'threshold' | 'far'>,
): number {
  const evened = evenTexture(texture);
  const centred = unpack(mean).map((value, at) => (evened[at] ?? 0) - value);
  let left = centred.reduce((sum, value) => sum + value * value, 0);
  let squares = 0;
  for (const direction of directions) {
    const along = unpack(direction).reduce((sum, value, at) => sum + value * (centred[at] ?? 0), 0);
    left -= along * along;
    squares += (along / direction.deviation) ** 2;
  }
  const spare = textureCount - directions.length;
  // What is left over counts as one more direction, or its many values would drown the others.
  const rest = Math.max(0, left) / (spare * residual * residual);
  return Math.sqrt((squares + directions.length * rest) / (2 * directions.length));
}

/** Square roots: means of rectified maps spread the wider the higher they are. */
export function evenTexture(texture: ArrayLike<number>): Float64Array {
  return Float64Array.from(texture, (value) => Math.sqrt(Math.max(0, value)));
}

export interface Packed {
  readonly scale: number;
  readonly values: string;
}

/** Signed bytes of values, with the scale that the largest needs. */
export function pack(values: ArrayLike<number>): Packed {
  const all = Array.from(values);
  const scale = Math.max(...all.map(Math.abs), 1e-9) / 127;
  const bytes = Int8Array.from(all, (value) => Math.round(value / scale));
  return { scale: Number(scale.toPrecision(6)), values: Buffer.from(bytes.buffer).toString('base64') };
}

export function unpack({ scale, values }: Packed): Float64Array {
  const bytes = new Int8Array(Buffer.from(values, 'base64'));
  return Float64Array.from(bytes, (byte) => byte * scale);
}
