import type { Progress } from '@lucency/command-line';
import type { ModelCard } from '@lucency/model/card';
import { type DataOptions, type LeftOut, loadData } from './dataset/data.js';
import { fit } from './fitting/fit.js';
import { startTrainingBackend } from './network/backend.js';
import { PicturePool } from './pictures/picture-pool.js';
import { presetsOf } from './publication/amend.js';
import { publish } from './publication/publish.js';
import type { Recipe } from './recipes/recipe.js';
import { judgeLeftOut, type LeftOutCandidate, leftOutRecipe } from './selection/left-out.js';

export interface TrainingOptions {
  readonly recipe: Recipe;
  readonly data: string;
  /** Directories of other sources, each with a manifest. */
  readonly others?: readonly string[];
  /** Where lungs of the pictures are drawn, for a recipe that looks at them; those that are not are found. */
  readonly lungMasks?: readonly string[];
  /** Directory of a model whose weights fine-tuning begins with. */
  readonly start?: string | undefined;
  readonly out: string;
  readonly id: string;
  readonly seed: number;
  readonly threads: number;
  readonly resume: boolean;
  /** What another, shorter training leaves out, to be judged on it. */
  readonly leaveOut?: LeftOut | undefined;
  /** What that training begins with where `start` has learnt from what is left out. */
  readonly leftOutStart?: string | undefined;
  /** Full-size originals of images of the data set. */
  readonly fullSize?: string | undefined;
  /** A model's directory, to be measured on the same test pictures. */
  readonly before?: string | undefined;
  /** An artefact of another preset whose figures stand beside this one's in the report. */
  readonly beside?: string | undefined;
  /** Measures neither heatmaps nor slow engines: enough to stand beside another. */
  readonly figuresOnly: boolean;
  /** `gate.json`, where `train gate` wrote it. */
  readonly gate?: string | undefined;
  readonly interrupted: () => boolean;
}

/** Throws where the recipe needs what was not given. */
function dataOf(options: TrainingOptions, leaveOut: LeftOut | undefined): DataOptions {
  const { recipe, data, others = [], lungMasks = [], seed } = options;
  if (others.length > 0 && !recipe.othersShares)
    throw new Error(`the preset ${recipe.name} learns from one source`);
  if (recipe.looksAt === 'lungs' && options.fullSize)
    throw new Error(`of full-size originals nobody drew the lungs: leave --full-size out`);
  return {
    directory: data,
    shares: recipe.shares,
    seed,
    leaveOut,
    others: recipe.othersShares ? { directories: others, shares: recipe.othersShares } : undefined,
    lungMasks: recipe.looksAt === 'lungs' ? lungMasks : undefined,
  };
}

/** The whole recipe: data set, training, choice, calibration, figures, artefact. */
export async function train(options: TrainingOptions, progress: Progress): Promise<ModelCard> {
  const { recipe, seed, threads, resume, interrupted } = options;
  const read = (leaveOut?: LeftOut) => loadData(dataOf(options, leaveOut), progress);
  const data = await read();
  const fitted = await fit(
    { recipe, data, seed, threads, start: options.start, resume, interrupted },
    progress,
  );
  const leftOut = options.leaveOut ? await trainWithout(options.leaveOut) : [];
  const pool = new PicturePool(data.store, Math.max(1, threads - 1));
  try {
    const { card } = await publish(
      {
        ...options,
        directory: options.data,
        data,
        fitted,
        leftOut,
        beside: options.beside ? await presetsOf(options.beside) : undefined,
      },
      pool,
      progress,
    );
    return card;
  } finally {
    await pool.close();
  }

  async function trainWithout(left: LeftOut): Promise<readonly LeftOutCandidate[]> {
    const without = await read(left);
    const { others } = without.leftOut;
    if (others.length === 0)
      throw new Error(
        left === 'other sources'
          ? 'there is no other source to leave out: pass --other'
          : `${options.data} holds no normals whose names begin with ${left.series}`,
      );
    const start = options.leftOutStart ?? options.start;
    const fitting = {
      recipe: leftOutRecipe(recipe),
      data: without,
      seed,
      threads,
      start,
      resume,
      interrupted,
    };
    progress.say(
      `another training without the ${others.length} images of ${left === 'other sources' ? 'other sources' : left.series}`,
    );
    const other = await fit(fitting, progress);
    // A run that was resumed has trained nothing yet.
    await startTrainingBackend('fine-tuning', threads);
    const pool = new PicturePool(without.store, Math.max(1, threads - 1));
    try {
      return await judgeLeftOut(other, without, pool, fitting.recipe, other.folder, progress);
    } finally {
      await pool.close();
    }
  }
}
