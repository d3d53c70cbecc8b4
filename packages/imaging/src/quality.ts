import type { RefusalCode } from '@lucency/messaging';
import type { QualityMeasures } from './measures.js';

export type Quality = { acceptable: true } | { acceptable: false; reason: RefusalCode };

/**
 * The first gate: is this a frontal chest X-ray that can be read? A pure function of the measures.
 *
 * Each bound stands well outside what was measured on the 5,216 training images and the 60 full-size ones
 * (written beside it), so that no real X-ray is turned away; between them lies what a gate of this kind
 * cannot tell apart.
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
  ['NOT_CHEST_XRAY', ({ likeness }) => likeness < 0.2], // real: 0.237 at least, 0.34 for 99.9 %
  ['POOR_EXPOSURE', ({ brightness }) => brightness < 0.1 || brightness > 0.93], // real: 0.24 to 0.87
  ['POOR_EXPOSURE', ({ contrast, range }) => contrast < 0.05 || range < 0.2], // real: 0.078 and 0.33 at least
  ['POOR_EXPOSURE', ({ flatShare }) => flatShare > 0.5], // real: 0.31 at most
];
