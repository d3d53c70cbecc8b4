import type { ExplanationFigures, ModelCard } from '@lucency/model/card';
import { quantile } from '../bootstrap.js';
import { ratio } from '../confusion.js';
import { rounded } from '../figures.js';
import { areaUnderRoc } from '../ranking.js';
import type { ExplainedImage } from './explain-images.js';

export type FaithfulnessThresholds = NonNullable<ModelCard['faithfulness']>;

/** Of the heatmaps of validation images called pneumonia, the least faithful. */
const shares = { caution: 0.25, withhold: 0.05 };

/** What a study is judged by: insertion minus deletion, in [-1, 1]. */
export function scoreOf({ model }: Pick<ExplainedImage, 'model'>): number {
  return model.insertion - model.deletion;
}

/**
 * Thresholds of a study's own score: the least faithful twentieth of heatmaps is withheld, the least faithful quarter
 * shown with a caution. Shares rather than a bound of their own, because the size of the score depends on the model;
 * `judgeThresholds` says what the score tells apart. For validation images only, and for those called pneumonia:
 * nobody needs a heatmap of what was not found.
 */
export function chooseFaithfulness(images: readonly ExplainedImage[]): FaithfulnessThresholds {
  const scores = Float64Array.from(
    images.filter(({ calledPneumonia }) => calledPneumonia).map(scoreOf),
  ).sort();
  return {
    cautionBelow: rounded(quantile(scores, shares.caution)),
    withholdBelow: rounded(quantile(scores, shares.withhold)),
  };
}

/** What the thresholds do on images that did not choose them. */
export function judgeThresholds(
  images: readonly ExplainedImage[],
  { cautionBelow, withholdBelow }: FaithfulnessThresholds,
): NonNullable<ExplanationFigures['thresholds']> {
  const called = images.filter(({ calledPneumonia }) => calledPneumonia);
  const right = ({ label }: ExplainedImage) => label === 1;
  const betterThanRandom = (image: ExplainedImage) =>
    scoreOf(image) > image.random.insertion - image.random.deletion;
  const separates = (holds: (image: ExplainedImage) => boolean) =>
    rounded(
      areaUnderRoc(called.map((image) => ({ label: holds(image) ? 1 : 0, probability: scoreOf(image) }))),
    );
  const group = (shown: 'plain' | 'caution' | 'withheld', from: number, to: number) => {
    const inside = called.filter((image) => scoreOf(image) >= from && scoreOf(image) < to);
    const share = (holds: (image: ExplainedImage) => boolean) =>
      rounded(ratio(inside.filter(holds).length, inside.length));
    return { shown, images: inside.length, right: share(right), betterThanRandom: share(betterThanRandom) };
  };
  return {
    cautionBelow,
    withholdBelow,
    separates: { betterThanRandom: separates(betterThanRandom), right: separates(right) },
    groups: [
      group('plain', cautionBelow, Number.POSITIVE_INFINITY),
      group('caution', withholdBelow, cautionBelow),
      group('withheld', Number.NEGATIVE_INFINITY, withholdBelow),
    ],
  };
}
