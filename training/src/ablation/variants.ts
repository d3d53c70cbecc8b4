import { homeSource } from '@lucency/evaluation';
import type { Treatment } from '../augmentation/treatments.js';
import type { Data } from '../dataset/data.js';
import type { Recipe } from '../recipes/recipe.js';

/** A short training of the recipe with one part of it left out. */
export interface Variant {
  readonly name: string;
  readonly recipe: Recipe;
  readonly data: Data;
  /** How the trained network is shown the pictures that it is judged on. */
  readonly shown: Treatment;
}

/** Everything, then each part left out alone. `side` and `images` say how short the trainings are. */
export function variantsOf(
  recipe: Recipe,
  data: Data,
  { side, images }: { readonly side: number; readonly images: number },
): Variant[] {
  const { sampling, early, ...fineTuning } = recipe.fineTuning;
  if (!sampling || !fineTuning.evidencePenalty)
    throw new Error(`the preset ${recipe.name} has none of the parts that an ablation leaves out`);
  const brief = { ...sampling, imagesAnEpoch: images };
  const short: Recipe = {
    ...recipe,
    validation: ['plain'],
    fineTuning: { ...fineTuning, sampling: brief, side, epochs: 1 },
  };
  const changed = (change: Partial<Recipe['fineTuning']>): Recipe => ({
    ...short,
    fineTuning: { ...short.fineTuning, ...change },
  });
  const { evidencePenalty, ...unpaid } = short.fineTuning;
  const atHome = data.parts.train.filter(({ source }) => source === homeSource);
  const whole = { name: 'everything', recipe: short, data, shown: 'plain' as const };
  return [
    whole,
    { ...whole, name: 'evidence outside the lungs free', recipe: { ...short, fineTuning: unpaid } },
    {
      ...whole,
      name: 'surroundings never replaced',
      recipe: changed({ treatment: 'lungs, surroundings kept' }),
    },
    {
      ...whole,
      name: 'not cropped to the lungs',
      recipe: { ...changed({ treatment: 'lungs, uncropped' }), validation: ['uncropped'] },
      shown: 'uncropped',
    },
    {
      ...whole,
      name: 'other abnormal pictures not drawn more often',
      recipe: changed({ sampling: { ...brief, otherAbnormalShare: 0 } }),
    },
    { ...whole, name: 'one hospital', data: { ...data, parts: { ...data.parts, train: atHome } } },
  ];
}
