import type { ModelCard } from '@lucency/model/card';
import type { Treatment } from '../augmentation/treatments.js';
import type { Shares } from '../dataset/split.js';
import type { FineTuning } from '../fine-tuning/fine-tune.js';
import type { HeadTraining } from '../head/train-head.js';
import type { TypeRecipe } from '../types/fit-types.js';

/** Everything that is decided before a training begins. */
export interface Recipe {
  readonly name: 'source' | 'robust' | 'lungs' | 'lungs-refined';
  readonly shares: Shares;
  /** Of sources with a manifest; without it the recipe learns from class folders alone. */
  readonly othersShares?: Shares;
  /** What of a picture the network is shown; cropped to the lungs, their masks have to be there. */
  readonly looksAt: 'picture' | 'lungs';
  readonly head: HeadTraining & {
    /** So many drawn as an epoch of fine-tuning is; all without. */
    readonly images?: number;
    /** How training images are shown to the head. */
    readonly passes: readonly { readonly treatment: Treatment; readonly number: number }[];
  };
  readonly fineTuning: FineTuning;
  /** How the second head is fitted, which tells types of pneumonia apart; without it the model has none. */
  readonly types?: TypeRecipe;
  /** What the validation of each epoch shows, dealt out over the images. */
  readonly validation: readonly Treatment[];
  /** At most so many images of the home source in it, and wherever disturbed ones judge; all without. */
  readonly validationAtHome?: number;
  /** Shares of the fine-tuned weights to choose from; the rest is of the head-only weights. */
  readonly interpolations: readonly number[];
  /** What may be averaged at test time. */
  readonly views: readonly ModelCard['views'][];
}
