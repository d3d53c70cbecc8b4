/** How the segmenter is trained. */
export const lungsRecipe = {
  batchSize: 16,
  epochs: 7,
  /** Highest; reached after a tenth of the steps, then down along a cosine. */
  rate: 3e-3,
  warmupShare: 0.1,
  /** Of a second round, which starts from the weights of a first. */
  second: { epochs: 2, rate: 1e-3 },
  weightDecay: 1e-3,
  /** Of each epoch, beside all pictures with drawn masks: as many as this share of them with predicted ones. */
  predictedShare: 0.5,
} as const;

/** Raised when augmentation or loss change, so that no checkpoint from before is gone on with. */
export const lungsRecipeVersion = 1;
