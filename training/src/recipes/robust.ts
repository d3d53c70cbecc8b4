import { shiftedTreatments } from '../augmentation/treatments.js';
import type { Recipe } from './recipe.js';

/**
 * The recipe that generalizes: head first, then conv4 and up with what differs between hospitals disturbed
 * (Kumar et al. 2022), averaged weights, and the way back towards the head-only weights (Wortsman et al. 2022)
 * as far as a shifted validation asks for it. A tenth of the patients is kept for calibration alone.
 */
export const robustRecipe: Recipe = {
  name: 'robust',
  shares: { test: 0.15, validation: 0.15, calibration: 0.1 },
  looksAt: 'picture',
  head: {
    passes: [
      { treatment: 'plain', number: 0 },
      { treatment: 'robust', number: 1 },
    ],
    batchSize: 128,
    epochs: 40,
    rate: 3e-4,
    plateauPatience: 2,
    patience: 6,
    weightDecay: 0.02,
    labelSmoothing: 0.05,
  },
  fineTuning: {
    keep: 'highest AUC',
    from: 'res4a',
    treatment: 'robust',
    side: 224,
    batchSize: 16,
    epochs: 7,
    rate: 1e-4,
    schedule: { kind: 'cosine', warmupSteps: 50 },
    weightDecay: 0.05,
    labelSmoothing: 0.05,
    averaging: 0.99,
  },
  validation: shiftedTreatments,
  interpolations: [0.4, 0.7, 1],
  views: ['one', 'mirrored'],
};
