import type { QualityMeasures } from '../measures.js';
import type { Classifier } from './constants.js';
import { features } from './features.js';

/** Deviations beyond which a feature counts no more: one measure alone cannot decide without bound. */
const furthest = 6;

/** Standardized, bounded, with its square. */
export function standardized(value: number, { mean, deviation }: { mean: number; deviation: number }) {
  const z = Math.min(furthest, Math.max(-furthest, (value - mean) / deviation));
  return { z, square: z * z };
}

/** Log-odds that this is a frontal chest X-ray (logistic regression on features and their squares). */
export function chestLogit(measures: QualityMeasures, { terms, intercept }: Classifier): number {
  return terms.reduce((sum, term) => {
    const { z, square } = standardized(features[term.feature]?.(measures) ?? Number.NaN, term);
    return sum + term.linear * z + term.squared * square;
  }, intercept);
}
