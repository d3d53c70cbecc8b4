import { lungsRecipe } from './lungs.js';
import type { Recipe } from './recipe.js';

/**
 * A second round of `lungs`, begun with what it trained (`--start`): a warm restart at a lower rate (Loshchilov and Hutter
 * 2017), more of it at the size that serves. The few adults of the other hospital were learnt by heart after two epochs of
 * the first round while the children at home were not yet learnt, so they come less often.
 */
export const lungsRefinedRecipe: Recipe = {
  ...lungsRecipe,
  name: 'lungs-refined',
  fineTuning: {
    ...lungsRecipe.fineTuning,
    early: { side: 160, epochs: 2 },
    epochs: 4,
    sampling: { imagesAnEpoch: 2400, homeShare: 0.7, otherAbnormalShare: 0.4 },
    evidencePenalty: { weight: 0.3, growsOver: 0.05 },
    rate: 6e-5,
    schedule: { kind: 'cosine', warmupSteps: 40 },
  },
};
