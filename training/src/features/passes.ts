import { augment, shift } from './augment.js';
import type { Pass } from './extract.js';

export const asItIs: Pass = { name: 'as it is', version: 1, seed: 0, change: (picture) => picture };

/** Training images, disturbed. */
export function augmentedPass(number: number): Pass {
  return { name: `augmented ${number}`, version: 1, seed: 1_000_000 * number, change: augment };
}

/** Validation images, as if taken elsewhere. */
export const shifted: Pass = { name: 'shifted', version: 1, seed: 7_000_000, change: shift };
