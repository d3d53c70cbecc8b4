import { Tensor } from 'onnxruntime-node';
import { featureCount, inputSize, mapSize, textureCount } from '../architecture.js';
import { foldLayers } from '../weights/folded.js';
import type { Tensors } from '../weights/safetensors.js';
import { buildFeatureModel } from './graphs.js';
import type { Ranges } from './quantization.js';
import { openSession } from './session.js';

const pixels = inputSize * inputSize * 3;
const mapValues = featureCount * mapSize * mapSize;

export interface Features {
  /** `[images, 2048]`, row-major. */
  readonly pooled: Float32Array;
  /** `[images, 2048, 7, 7]`, row-major. */
  readonly maps: Float32Array;
  /** Means over the maps of conv3: `[images, 512]`, row-major. */
  readonly texture: Float32Array;
}

export interface FeatureExtractor {
  /** `inputs`: Float32 `[224, 224, 3]` each. Blocks this thread. */
  extract(inputs: readonly Float32Array[]): Promise<Features>;
  /** Extremes seen over all inputs so far, for int8; empty unless `observe` was asked for. */
  ranges(): Ranges;
  close(): Promise<void>;
}

/** The single-precision trunk by itself, as training uses it. */
export async function openFeatureExtractor(
  trunk: Tensors,
  options: { threads?: number; observe?: boolean } = {},
): Promise<FeatureExtractor> {
  const { model, observed, maps } = buildFeatureModel(foldLayers(trunk), options.observe ?? false);
  const session = await openSession(model, options.threads ?? 1);
  const seen = new Map<string, readonly [number, number]>();
  return {
    async extract(inputs) {
      const batch = new Float32Array(inputs.length * pixels);
      inputs.forEach((input, index) => {
        batch.set(input, index * pixels);
      });
      const outputs = await session.run({
        input: new Tensor('float32', batch, [inputs.length, inputSize, inputSize, 3]),
      });
      const values = (name: string, length: number): Float32Array => {
        const data = outputs[name]?.data;
        if (!(data instanceof Float32Array) || data.length !== length)
          throw new Error(`the graph gave no ${name} of ${length} values`);
        return data;
      };
      for (const name of observed) {
        const [low = 0] = values(`${name}/low`, 1);
        const [high = 0] = values(`${name}/high`, 1);
        const [lowest, highest] = seen.get(name) ?? [low, high];
        seen.set(name, [Math.min(low, lowest), Math.max(high, highest)]);
      }
      return {
        pooled: values('pooled', inputs.length * featureCount),
        maps: values(maps, inputs.length * mapValues),
        texture: values('texture', inputs.length * textureCount),
      };
    },
    ranges: () => Object.fromEntries(seen),
    close: () => session.release(),
  };
}
