import type { ExplanationFigures, ModelCard } from '@lucency/model/card';
import { quantile } from '../bootstrap.js';
import { ratio } from '../confusion.js';
import { rounded } from '../figures.js';
import { areaUnderRoc } from '../ranking.js';
import type { ExplainedImage } from './explain-images.js';

export type FaithfulnessThresholds = NonNullable<ModelCard['faithfulness']>;

/** Of maps that know nothing, the share that a heatmap must score above to be shown at all, and plainly. */
const shares = { withhold: 0.95, caution: 0.99 };

/**
 * Thresholds of a study's own score: a heatmap is withheld unless it scores above 95 % of the maps that know nothing,
 * drawn at random or centred, and shown with a caution unless above 99 %. From validation images only, and from those
 * called pneumonia: nobody needs a heatmap of what was not found.
 */
export function chooseFaithfulness(images: readonly ExplainedImage[]): FaithfulnessThresholds {
  const knowingNothing = Float64Array.from(
    images
      .filter(({ calledPneumonia }) => calledPneumonia)
      .flatMap(({ random, centre }) => [random.score, centre.score]),
  ).sort();
  return {
    cautionBelow: rounded(quantile(knowingNothing, shares.caution)),
    withholdBelow: rounded(quantile(knowingNothing, shares.withhold)),
  };
}

/** What the thresholds do on images that did not choose them. */
export function judgeThresholds(
  images: readonly ExplainedImage[],
  { cautionBelow, withholdBelow }: FaithfulnessThresholds,
): NonNullable<ExplanationFigures['thresholds']> {
  const called = images.filter(({ calledPneumonia }) => calledPneumonia);
  const right = ({ label }: ExplainedImage) => label === 1;
  const betterThanRandom = ({ model, random }: ExplainedImage) => model.score > random.score;
  const separates = (holds: (image: ExplainedImage) => boolean) => {
    const rows = called.map(
      (image) => ({ label: holds(image) ? 1 : 0, probability: image.model.score }) as const,
    );
    const bothThere = rows.some(({ label }) => label === 0) && rows.some(({ label }) => label === 1);
    return bothThere ? rounded(areaUnderRoc(rows)) : null;
  };
  const group = (shown: 'plain' | 'caution' | 'withheld', from: number, to: number) => {
    const inside = called.filter((image) => image.model.score >= from && image.model.score < to);
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
