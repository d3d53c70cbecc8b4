import { featureCount } from '@lucency/model/card';
import type { FeatureExtractor } from '@lucency/model/onnx';
import type { Hashed } from '../dataset/duplicates.js';
import type { Progress } from '../progress.js';
import { type Random, seededRandom } from '../random.js';
import { openFeatureCache } from './feature-cache.js';
import { readImage } from './read-image.js';

/** One way of looking at every image: as it is, or disturbed. Raise the version when `change` changes. */
export interface Pass {
  readonly name: string;
  readonly version: number;
  readonly seed: number;
  readonly change: (picture: Float32Array, random: Random) => Float32Array;
}

const batchSize = 16;

/** Features of these files in their order, `[files, 2048]`, from the cache where they are there. */
export async function extractFeatures(
  files: readonly Hashed[],
  pass: Pass,
  trunk: { readonly extractor: FeatureExtractor; readonly fingerprint: string },
  progress: Progress,
): Promise<Float32Array> {
  const { name, version, seed } = pass;
  const contents = files.map(({ content }) => content);
  const cache = await openFeatureCache([trunk.fingerprint, name, `${version}`, `${seed}`, ...contents]);
  const done = (await cache.read()).length / featureCount;
  for (let start = done; start < files.length; start += batchSize) {
    const batch = files.slice(start, start + batchSize);
    const pictures = await Promise.all(batch.map(({ path }) => readImage(path)));
    // Seeded by image, so that a resumed run disturbs each as the whole run would have.
    const changed = pictures.map((picture, index) =>
      pass.change(picture, seededRandom(seed + start + index)),
    );
    const { pooled } = await trunk.extractor.extract(changed);
    await cache.append(pooled);
    progress.show(name, Math.min(start + batchSize, files.length), files.length);
  }
  return cache.read();
}
