import type { RefusalCode } from '@lucency/contracts';
import type { QualityMeasures } from './measures.js';

export type Quality = { acceptable: true } | { acceptable: false; reason: RefusalCode };

/**
 * Whether a picture can be read at all, by plain bounds of the measures; lungs are looked for afterwards
 * (`lungs/assess.ts`). Each bound stands well outside what was measured on the 5,216 training images and the 60
 * full-size ones (written beside it).
 */
export function assessQuality(measures: QualityMeasures): Quality {
  const failed = rules.find(([, fails]) => fails(measures));
  return failed ? { acceptable: false, reason: failed[0] } : { acceptable: true };
}

const rules: [RefusalCode, (measures: QualityMeasures) => boolean][] = [
  ['BLANK', ({ range, entropy }) => range < 0.08 || entropy < 1], // real: 0.33 and 3.9 at least
  ['NOT_CHEST_XRAY', ({ saturation, colouredShare }) => saturation > 0.1 || colouredShare > 0.15], // real: 0
  ['NOT_CHEST_XRAY', ({ aspectRatio }) => aspectRatio > 4], // real: 3.2 at most
  ['NOT_CHEST_XRAY', ({ hardEdgeShare }) => hardEdgeShare > 0.03], // real: 0.010 at most; text pages: 0.05
  ['POOR_EXPOSURE', ({ brightness }) => brightness < 0.05 || brightness > 0.93], // real: 0.24 to 0.87; darkened by us and still read well: 0.05
  ['POOR_EXPOSURE', ({ contrast, range }) => contrast < 0.05 || range < 0.2], // real: 0.078 and 0.33 at least
  ['POOR_EXPOSURE', ({ flatShare }) => flatShare > 0.5], // real: 0.31 at most
];
