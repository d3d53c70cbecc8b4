import type { Progress } from '@lucency/command-line';
import { fitTemperature, groupBy, logLoss, Ranking } from '@lucency/evaluation';
import type { Calibration } from '@lucency/model/card';
import { type Observed, observeActivations, openUnchecked, withViews } from '@lucency/model/onnx';
import { foldLayers, readSafetensors, type Tensors, writeSafetensors } from '@lucency/model/weights';
import { seededRandom, seedOf, shuffle } from '@lucency/statistics';
import { toRgb } from '../augmentation/picture.js';
import { shiftedTreatments } from '../augmentation/treatments.js';
import { atMostAtHome } from '../dataset/at-home.js';
import type { Data } from '../dataset/data.js';
import { inEveryTreatment } from '../dataset/examples.js';
import type { Fitted } from '../fitting/fit.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import type { Recipe } from '../recipes/recipe.js';
import { type Answer, answersOf } from './answers.js';
import { interpolate } from './interpolate.js';

export interface Candidate {
  readonly interpolation: number;
  readonly views: 'one' | 'mirrored';
  /** As they will be stored: rounded to half precision. */
  readonly tensors: Tensors;
  readonly observed: Observed;
  /** Of every validation image in every treatment, by the engine that serves. */
  readonly answers: readonly Answer[];
  /** Mean over the treatments of the cross-entropy, both classes weighing alike, at one temperature; of the worst source. */
  readonly loss: number;
  /** Mean over the treatments, of the worst source. */
  readonly auc: number;
}

/** Pictures whose activations are looked at for int8, plain and disturbed. */
const observedPictures = 96;

/** Losses that differ by less say nothing: then the higher AUC counts. */
const sameLoss = 0.01;

/**
 * How far back towards the head-only weights, and whether the mirror image is averaged in: whichever has the
 * least loss on the shifted validation. The mirror image costs as much time again and must earn a twentieth.
 */
export async function chooseCandidate(
  { headOnly, tuned }: Pick<Fitted, 'headOnly' | 'tuned'>,
  data: Data,
  pool: PicturePool,
  recipe: Pick<Recipe, 'interpolations' | 'views' | 'looksAt' | 'validationAtHome'>,
  options: { readonly threads: number; readonly seed: number },
  progress: Progress,
): Promise<{ chosen: Candidate; all: readonly Candidate[] }> {
  const examples = atMostAtHome(data.parts.validation, recipe.validationAtHome);
  const shown = inEveryTreatment(examples, shiftedTreatments);
  const all: Candidate[] = [];
  const judge = async (interpolation: number, views: Candidate['views']) => {
    // Read back, so that what is measured is what will be stored.
    const mixed = interpolate(headOnly, tuned, interpolation);
    const tensors = readSafetensors(writeSafetensors(mixed));
    const observed = await observe(tensors, data, pool, { ...options, looksAt: recipe.looksAt }, progress);
    const layers = foldLayers(new Map([...tensors, ...observed.corrections]));
    const runner = await openUnchecked(layers, observed.ranges, options.threads, 'int8');
    const step = `validation, ${interpolation} ${views}`;
    const answers = await answersOf(withViews(runner, views), shown, pool, {
      progress,
      step,
    });
    await runner.close();
    const candidate = { interpolation, views, tensors, observed, answers, ...judged(answers) };
    progress.say(
      `interpolation ${interpolation}, ${views}: loss ${candidate.loss.toFixed(4)}, AUC ${candidate.auc.toFixed(5)}`,
    );
    all.push(candidate);
    return candidate;
  };
  for (const interpolation of recipe.interpolations) await judge(interpolation, 'one');
  const leastLoss = Math.min(...all.map(({ loss }) => loss));
  const best = all
    .filter(({ loss }) => loss <= (1 + sameLoss) * leastLoss)
    .reduce((highest, next) => (next.auc > highest.auc ? next : highest));
  if (!recipe.views.includes('mirrored')) return { chosen: best, all };
  const mirrored = await judge(best.interpolation, 'mirrored');
  return { chosen: mirrored.loss < 0.95 * best.loss ? mirrored : best, all };
}

/** By the worst source, at one temperature for all. */
function judged(answers: readonly Answer[]): { loss: number; auc: number } {
  const calibration = fitTemperature(answers);
  const sources = [...groupBy(answers, ({ source }) => source).values()].map((of) =>
    judgedAt(of, calibration),
  );
  return {
    loss: Math.max(...sources.map(({ loss }) => loss)),
    auc: Math.min(...sources.map(({ auc }) => auc)),
  };
}

function judgedAt(answers: readonly Answer[], calibration: Calibration): { loss: number; auc: number } {
  const sets = shiftedTreatments.map((treatment) =>
    answers.filter((answer) => answer.treatment === treatment),
  );
  const mean = (of: (set: readonly Answer[]) => number) =>
    sets.reduce((sum, set) => sum + of(set), 0) / sets.length;
  const ofClass = (set: readonly Answer[], label: number) =>
    logLoss(
      set.filter((row) => row.label === label),
      calibration,
    );
  return {
    loss: mean((set) => (ofClass(set, 0) + ofClass(set, 1)) / 2),
    auc: mean((set) => new Ranking(set.map(({ label, logit }) => ({ label, probability: logit }))).area()),
  };
}

async function observe(
  tensors: Tensors,
  data: Data,
  pool: PicturePool,
  {
    threads,
    seed,
    looksAt,
  }: { readonly threads: number; readonly seed: number; readonly looksAt: Recipe['looksAt'] },
  progress: Progress,
): Promise<Observed> {
  const chosen = shuffle([...data.parts.train], seededRandom(seed)).slice(0, observedPictures);
  const pictures: Float32Array[] = [];
  for (const [place, { index }] of chosen.entries()) {
    const disturbed = looksAt === 'lungs' ? 'lungs' : 'robust';
    const treatment = place % 2 === 0 ? 'plain' : disturbed;
    const shades = await pool.treat([{ index, treatment, seed: seedOf(seed, index) }], 224);
    pictures.push(toRgb({ side: 224, shades }));
  }
  return observeActivations(tensors, pictures, {
    threads,
    onPicture: (done, total) => progress.show('activation ranges', done, total),
  });
}
