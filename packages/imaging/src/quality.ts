import type { RefusalCode } from '@lucency/messaging';
import { chestLogit } from './gate/classify.js';
import type { Classifier } from './gate/constants.js';
import { learnt } from './gate/learnt.js';
import type { QualityMeasures } from './measures.js';

export type Quality = { acceptable: true } | { acceptable: false; reason: RefusalCode };

/**
 * The gate's first step, before the model: is this a frontal chest X-ray that can be read? A pure function of the
 * measures.
 *
 * Plain bounds name what is plainly wrong; each stands well outside what was measured on the 5,216 training
 * images and the 60 full-size ones (written beside it). What is left a logistic regression judges, whose
 * threshold was chosen on validation X-rays, disturbed ones among them (`gate/learnt.ts`).
 */
export function assessQuality(
  measures: QualityMeasures,
  classifier: Classifier = learnt.classifier,
): Quality {
  const failed = rules.find(([, fails]) => fails(measures));
  if (failed) return { acceptable: false, reason: failed[0] };
  return chestLogit(measures, classifier) < classifier.threshold
    ? { acceptable: false, reason: 'NOT_CHEST_XRAY' }
    : { acceptable: true };
}

/**
 * The second step, with the texture that the model's pass yields: refuses what looks little like a chest and is
 * not made of what X-rays are made of. Real X-rays rarely fail both, and neither refuses alone.
 * @param farTexture whether conv3 sees a texture beyond those of X-rays (`typicality` of the model).
 */
export function assessTexture(
  measures: QualityMeasures,
  farTexture: boolean,
  classifier: Classifier = learnt.classifier,
): Quality {
  return farTexture && chestLogit(measures, classifier) < classifier.doubt
    ? { acceptable: false, reason: 'NOT_CHEST_XRAY' }
    : { acceptable: true };
}

const rules: [RefusalCode, (measures: QualityMeasures) => boolean][] = [
  ['BLANK', ({ range, entropy }) => range < 0.08 || entropy < 1], // real: 0.33 and 3.9 at least
  ['NOT_CHEST_XRAY', ({ saturation, colouredShare }) => saturation > 0.1 || colouredShare > 0.15], // real: 0
  ['NOT_CHEST_XRAY', ({ aspectRatio }) => aspectRatio > 4], // real: 3.2 at most
  ['NOT_CHEST_XRAY', ({ hardEdgeShare }) => hardEdgeShare > 0.03], // real: 0.010 at most; text pages: 0.05
  ['NOT_CHEST_XRAY', ({ likeness }) => likeness < 0.2], // real: 0.237 at least, 0.34 for 99.9 %
  ['POOR_EXPOSURE', ({ brightness }) => brightness < 0.05 || brightness > 0.93], // real: 0.24 to 0.87; darkened by us and still read well: 0.05
  ['POOR_EXPOSURE', ({ contrast, range }) => contrast < 0.05 || range < 0.2], // real: 0.078 and 0.33 at least
  ['POOR_EXPOSURE', ({ flatShare }) => flatShare > 0.5], // real: 0.31 at most
];
