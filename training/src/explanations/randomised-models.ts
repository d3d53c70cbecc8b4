import { readModelCard } from '@lucency/model/card';
import { foldLayers, type ModelRunner, openUnchecked, withViews } from '@lucency/model/onnx';
import { readWeights, type Tensors } from '@lucency/model/weights';
import { seededRandom } from '@lucency/statistics';

/** Which weights are made meaningless, by the beginning of their tensors' names. */
const randomisedParts = {
  head: ['hidden/', 'pneumonia/'],
  'head and conv5': ['hidden/', 'pneumonia/', 'res5', 'bn5'],
} as const;
export type RandomisedPart = keyof typeof randomisedParts;

/** The weights of the part drawn anew from each tensor's own values. */
export function randomise(tensors: Tensors, part: RandomisedPart, seed: number): Tensors {
  const beginnings: readonly string[] = randomisedParts[part];
  const random = seededRandom(seed);
  return new Map(
    [...tensors].map(([name, tensor]) => {
      if (!beginnings.some((beginning) => name.startsWith(beginning))) return [name, tensor];
      const drawn = tensor.values.map((_, __, values) => values[Math.floor(random() * values.length)] ?? 0);
      return [name, { ...tensor, values: drawn }];
    }),
  );
}

/**
 * The model with the weights of a part drawn anew from each tensor's own values, which keeps their size and leaves
 * nothing of what was learnt (Adebayo et al. 2018, cascading from the output down). Averaged over the same views. In
 * single precision: ranges of bytes would no longer fit.
 */
export async function openRandomised(
  modelDirectory: string,
  part: RandomisedPart,
  { seed, threads }: { readonly seed: number; readonly threads: number },
): Promise<ModelRunner> {
  const weights = randomise(await readWeights(modelDirectory), part, seed);
  const { views } = await readModelCard(modelDirectory);
  return withViews(await openUnchecked(foldLayers(weights), {}, threads, 'fp32'), views);
}
