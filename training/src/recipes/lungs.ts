import { shiftedTreatments } from '../augmentation/treatments.js';
import type { Recipe } from './recipe.js';

/**
 * The recipe that looks at the lungs: pictures cropped to them with what lies outside the thorax replaced, several
 * hospitals in equal measure, and evidence outside the lungs paid for. Otherwise as `robust`: head first, then conv4
 * and up, averaged weights.
 */
export const lungsRecipe: Recipe = {
  name: 'lungs',
  shares: { test: 0.15, validation: 0.15, calibration: 0.1 },
  othersShares: { test: 0.2, validation: 0.15, calibration: 0.1 },
  looksAt: 'lungs',
  head: {
    images: 1200,
    passes: [{ treatment: 'lungs', number: 1 }],
    batchSize: 128,
    epochs: 40,
    rate: 3e-4,
    plateauPatience: 2,
    patience: 6,
    weightDecay: 0.02,
    labelSmoothing: 0.05,
  },
  fineTuning: {
    keep: 'highest AUC of the worst source',
    from: 'res4a',
    treatment: 'lungs',
    side: 224,
    // The crop of a picture of 224 pixels has hardly more than 160 of its own; the last epochs learn the size that serves.
    early: { side: 160, epochs: 4 },
    batchSize: 16,
    epochs: 5,
    sampling: { imagesAnEpoch: 3200, homeShare: 0.6, otherAbnormalShare: 0.4 },
    evidencePenalty: { weight: 0.3, growsOver: 0.3 },
    textMined: { weight: 0.6, labelSmoothing: 0.2 },
    rate: 1e-4,
    schedule: { kind: 'cosine', warmupSteps: 60 },
    weightDecay: 0.02,
    labelSmoothing: 0.05,
    averaging: 0.995,
  },
  types: {
    imagesAClass: 600,
    passes: [
      { treatment: 'plain', number: 0 },
      { treatment: 'lungs', number: 1 },
    ],
    steps: 600,
    rate: 1e-3,
    weightDecay: 1,
  },
  validation: shiftedTreatments,
  validationAtHome: 300,
  interpolations: [1],
  views: ['one'],
};
