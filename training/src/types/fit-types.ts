import type { Progress } from '@lucency/command-line';
import { groupBy } from '@lucency/evaluation';
import { openFeatureExtractor } from '@lucency/model/onnx';
import { fingerprintOf, type Tensors, writeSafetensors } from '@lucency/model/weights';
import { seededRandom, shuffle } from '@lucency/statistics';
import type { Data, DataExample } from '../dataset/data.js';
import { typeClassOf } from '../dataset/pneumonia-type.js';
import { extractFeatures, type Pass } from '../features/extract.js';
import { startTrainingBackend } from '../network/backend.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import { type TypedFeatures, type TypeTraining, trainTypes } from './train-types.js';

export interface TypeRecipe extends TypeTraining {
  readonly passes: readonly Pass[];
}

export interface TypeFitting {
  readonly recipe: TypeRecipe;
  readonly parts: Pick<Data['parts'], 'train' | 'validation'>;
  readonly pool: PicturePool;
  readonly threads: number;
  readonly seed: number;
  readonly progress: Progress;
}

/** The second head on the trunk of `tensors`, fitted to images whose type is known; null where there are none. */
export async function fitTypes(tensors: Tensors, fitting: TypeFitting): Promise<Tensors | null> {
  const { recipe, parts, pool, threads, seed, progress } = fitting;
  const training = typed(parts.train, recipe.imagesAClass, seed);
  const validation = typed(parts.validation, recipe.imagesAClass, seed);
  if (classesOf(training) < 3 || classesOf(validation) < 3) return null;
  const extractor = await openFeatureExtractor(tensors, { threads });
  const source = { extractor, fingerprint: fingerprintOf(writeSafetensors(tensors)), pool };
  const featuresOf = async (examples: readonly Typed[], passes: readonly Pass[]): Promise<TypedFeatures> => {
    const rows: Float32Array[] = [];
    for (const pass of passes) rows.push(await extractFeatures(examples, pass, source, progress));
    const features = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
    rows.reduce((start, row) => {
      features.set(row, start);
      return start + row.length;
    }, 0);
    return { features, classes: passes.flatMap(() => examples.map(({ type }) => type)) };
  };
  const learnt = await featuresOf(training, recipe.passes);
  const judged = await featuresOf(validation, [{ treatment: 'plain', number: 0 }]);
  await extractor.close();
  await startTrainingBackend('head', threads);
  return trainTypes(learnt, judged, recipe, progress);
}

type Typed = DataExample & { readonly type: NonNullable<ReturnType<typeof typeClassOf>> };

/** Images of known type, of each at most so many. */
function typed(examples: readonly DataExample[], atMost: number, seed: number): Typed[] {
  const known = examples.flatMap((example): Typed[] => {
    const type = typeClassOf(example);
    return type === null ? [] : [{ ...example, type }];
  });
  const classes = groupBy(known, ({ type }) => String(type));
  return [...classes.values()].flatMap((of) => shuffle([...of], seededRandom(seed)).slice(0, atMost));
}

function classesOf(examples: readonly Typed[]): number {
  return new Set(examples.map(({ type }) => type)).size;
}
