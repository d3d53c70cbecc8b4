import { Tensor } from 'onnxruntime-node';
import { inputSize, mapSize, textureCount, typeLayer } from '../architecture.js';
import { readModelCard } from '../card/model-card.js';
import { goldenError } from '../running/golden-error.js';
import type { ModelRunner, Precision } from '../running/runner.js';
import { withViews } from '../running/views.js';
import { foldLayers, type Layers } from '../weights/folded.js';
import { readWeights } from '../weights/read-weights.js';
import { buildFloatModel, buildInt8Model } from './graphs.js';
import type { Ranges } from './quantization.js';
import { openSession } from './session.js';

const pixels = inputSize * inputSize * 3;
const cells = mapSize * mapSize;

/**
 * Opens the model and has it answer the drawn input: if bytes give another answer than the card says (a processor
 * that multiplies them wrongly), single precision is used. Throws when that is wrong too, because then the
 * weights or the graph are.
 */
export async function openModelRunner(
  modelDirectory: string,
  precision: Precision,
  threads: number,
): Promise<ModelRunner> {
  const card = await readModelCard(modelDirectory);
  const layers = foldLayers(await readWeights(modelDirectory));
  const open = async (as: Precision) =>
    withViews(await openUnchecked(layers, card.int8.ranges, threads, as), card.views);
  if (precision === 'int8') {
    const runner = await open('int8');
    if ((await goldenError(runner, card)) <= card.golden.tolerance.int8) return runner;
    await runner.close();
  }
  const runner = await open('fp32');
  const error = await goldenError(runner, card);
  if (error <= card.golden.tolerance.fp32) return runner;
  await runner.close();
  throw new Error(`${card.id} answers the drawn input wrongly, by ${error} in the logit`);
}

/** The same without the check, for the run that finds the golden answer out. */
export async function openUnchecked(
  layers: Layers,
  ranges: Ranges,
  threads: number,
  precision: Precision,
): Promise<ModelRunner> {
  const model = precision === 'int8' ? buildInt8Model(layers, ranges) : buildFloatModel(layers);
  const session = await openSession(model, threads);
  return {
    precision,
    async run(inputs) {
      const batch = new Float32Array(inputs.length * pixels);
      inputs.forEach((input, index) => {
        batch.set(input, index * pixels);
      });
      const { logit, evidence, texture, types } = await session.run({
        input: new Tensor('float32', batch, [inputs.length, inputSize, inputSize, 3]),
      });
      return {
        logits: floats(logit, inputs.length),
        evidence: floats(evidence, inputs.length * cells),
        texture: floats(texture, inputs.length * textureCount),
        types: types ? floats(types, inputs.length * typeLayer.outputs) : null,
      };
    },
    close: () => session.release(),
  };
}

function floats(tensor: Tensor | undefined, length: number): Float32Array {
  const data = tensor?.data;
  if (!(data instanceof Float32Array) || data.length !== length || !data.every(Number.isFinite))
    throw new Error(`the graph did not give ${length} finite values`);
  return data;
}
