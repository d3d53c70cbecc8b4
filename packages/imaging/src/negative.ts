import type { QualityMeasures } from './measures.js';

/** No real X-ray fell below 0.237, so none of their negatives lies above -0.237. */
const negativeLikeness = -0.3;

/**
 * Whether the picture is a negative (bright lungs), by its resemblance to the negative of the average chest.
 * Conservative: a doubtful picture stays as it is, and the quality gate then refuses it.
 */
export function isNegative({ likeness }: QualityMeasures): boolean {
  return likeness < negativeLikeness;
}

/** Turns a negative round. */
export function toPositive(input: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return input.map((shade) => 1 - shade);
}
