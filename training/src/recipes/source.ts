import type { Recipe } from './recipe.js';

/**
 * The source project's recipe: head on the frozen trunk, Adam, balanced binary cross-entropy, early stopping on
 * validation loss, a lower rate on plateaus, then the last ten layers (the block `res5c`) at 1e-5.
 */
export const sourceRecipe: Recipe = {
  name: 'source',
  shares: { test: 0.15, validation: 0.15, calibration: 0 },
  looksAt: 'picture',
  head: {
    passes: [1, 2].map((number) => ({ treatment: 'source', number })),
    batchSize: 32,
    epochs: 40,
    rate: 1e-4,
    plateauPatience: 3,
    patience: 6,
    weightDecay: 0,
    labelSmoothing: 0,
  },
  fineTuning: {
    keep: 'lowest loss',
    from: 'res5c',
    treatment: 'source',
    side: 224,
    batchSize: 32,
    epochs: 3,
    rate: 1e-5,
    schedule: { kind: 'plateau', patience: 2 },
    weightDecay: 0,
    labelSmoothing: 0,
    patience: 3,
  },
  validation: ['plain'],
  interpolations: [1],
  views: ['one'],
};
