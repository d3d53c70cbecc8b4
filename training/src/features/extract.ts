import type { Progress } from '@lucency/command-line';
import { featureCount, inputSize } from '@lucency/model/card';
import type { FeatureExtractor } from '@lucency/model/onnx';
import { seedOf } from '@lucency/statistics';
import { toRgb } from '../augmentation/picture.js';
import { type Treatment, treatmentsVersion } from '../augmentation/treatments.js';
import type { Example } from '../dataset/examples.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import { openFeatureCache } from './feature-cache.js';

export interface FeatureSource {
  readonly extractor: FeatureExtractor;
  /** Of the trunk. */
  readonly fingerprint: string;
  readonly pool: PicturePool;
}

/** One way of looking at every image; another number draws another disturbance. */
export interface Pass {
  readonly treatment: Treatment;
  readonly number: number;
}

const batchSize = 16;
const pixels = inputSize * inputSize;

/** Features of these images in their order, `[images, 2048]`, from the cache where they are there. */
export async function extractFeatures(
  examples: readonly (Example & { readonly content: string })[],
  { treatment, number }: Pass,
  { extractor, fingerprint, pool }: FeatureSource,
  progress: Progress,
): Promise<Float32Array> {
  const contents = examples.map(({ content }) => content);
  const cache = await openFeatureCache([
    fingerprint,
    treatment,
    `${treatmentsVersion}`,
    `${number}`,
    ...contents,
  ]);
  const done = (await cache.read()).length / featureCount;
  const load = (start: number) =>
    pool.treat(
      // Seeded by place, so that a resumed run disturbs each as the whole run would have.
      examples.slice(start, start + batchSize).map(({ index }, place) => ({
        index,
        treatment,
        seed: seedOf(number, start + place),
        other: examples[(start + place + 1) % examples.length]?.index ?? index,
      })),
      inputSize,
    );
  let next = done < examples.length ? load(done) : undefined;
  for (let start = done; start < examples.length; start += batchSize) {
    const shades = await next;
    next = start + batchSize < examples.length ? load(start + batchSize) : undefined;
    if (!shades) break;
    const inputs = Array.from({ length: shades.length / pixels }, (_, at) =>
      toRgb({ side: inputSize, shades: shades.subarray(at * pixels, (at + 1) * pixels) }),
    );
    const { pooled } = await extractor.extract(inputs);
    await cache.append(pooled);
    progress.show(`features, ${treatment}`, Math.min(start + batchSize, examples.length), examples.length);
  }
  return cache.read();
}
