import { areaUnderRoc, ratio, rounded } from '@lucency/evaluation';
import type { ExplanationFigures, ModelCard } from '@lucency/model/card';
import { quantile } from '@lucency/statistics';
import type { ExplainedImage } from './explain-images.js';

export type FaithfulnessThresholds = NonNullable<ModelCard['faithfulness']>;

/** Of maps that know nothing, the share that a heatmap must score above to be shown plainly. */
const surpassed = 0.95;

/**
 * Thresholds of a study's own score. A heatmap is withheld where it is more like a map that knows nothing than like the
 * model's: below where as large a share of the former scores higher as of the latter lower. It is shown with a caution
 * up to what 95 % of those that know nothing stay below. From validation images only, and from those called pneumonia:
 * nobody needs a heatmap of what was not found.
 *
 * Nothing is known by a map drawn at random, and in a whole picture by one that marks its centre. In a crop of the
 * lungs the centre is where disease is looked for: a centred map knows the anatomy, and a model's own good maps are
 * hard to tell from it. Held against it, true heatmaps were withheld for being in the right place.
 */
export function chooseFaithfulness(
  images: readonly ExplainedImage[],
  looksAt: 'picture' | 'lungs',
): FaithfulnessThresholds {
  const called = images.filter(({ calledPneumonia }) => calledPneumonia);
  const known = called.map(({ model }) => model.score).sort((a, b) => a - b);
  const unknowing = called
    .flatMap(({ random, centre }) => (looksAt === 'lungs' ? [random.score] : [random.score, centre.score]))
    .sort((a, b) => a - b);
  const sharedError = known.find(
    (score, lower) =>
      ratio(unknowing.filter((other) => other >= score).length, unknowing.length) <= lower / known.length,
  );
  const withholdBelow = sharedError === undefined ? 0 : halfwayBelow(sharedError, [...known, ...unknowing]);
  const cautionBelow = Math.max(withholdBelow, quantile(Float64Array.from(unknowing), surpassed));
  return { cautionBelow: rounded(cautionBelow), withholdBelow: rounded(withholdBelow) };
}

/**
 * Halfway down to the next lower of the scores: nothing between the two was seen, and where both kinds of map are far apart,
 * the worst of a few true ones is no bound for the next.
 */
function halfwayBelow(score: number, scores: readonly number[]): number {
  const lower = scores.filter((other) => other < score);
  return lower.length === 0 ? score : (score + Math.max(...lower)) / 2;
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
