import { Tensor } from 'onnxruntime-node';
import { bottlenecks, type ConvUnit, convUnits, correctionName, inputSize, stem } from '../architecture.js';
import { foldLayers, type Layers } from '../weights/folded.js';
import type { Tensors } from '../weights/safetensors.js';
import { onnxConvolution } from './convolution.js';
import { buildFloatTrunk } from './float-trunk.js';
import { GraphBuilder } from './graph-builder.js';
import { quantizeKernel, type Ranges } from './quantization.js';
import { chooseRange, Histogram } from './range-choice.js';
import { openSession } from './session.js';

/** What int8 needs to know of the activations. */
export interface Observed {
  readonly images: number;
  readonly ranges: Ranges;
  /** `int8/<unit>` `[out]` of every convolution: what its rounded kernel loses on the mean input. */
  readonly corrections: Tensors;
}

/**
 * Runs training pictures (Float32 `[224, 224, 3]`, RGB 0-1) through the trunk in single precision and chooses
 * the range of every tensor that int8 rounds by least squared error; the mean of every channel gives the bias
 * that the rounding of the kernels costs (Nagel et al. 2019, section 4.2). Blocks this thread.
 */
export async function observeActivations(
  tensors: Tensors,
  pictures: readonly Float32Array[],
  options: { readonly threads: number; readonly onPicture?: (done: number, total: number) => void },
): Promise<Observed> {
  const layers = foldLayers(tensors);
  const graph = new GraphBuilder();
  buildFloatTrunk(graph, layers);
  for (const name of tensorNames) graph.output(graphName(name));
  const session = await openSession(graph.build(), options.threads);
  const histograms = new Map(tensorNames.map((name) => [name, new Histogram()]));
  const means = new Map<string, Float64Array>();
  // First the extremes, then what lies between them.
  for (const look of ['extremes', 'counts'] as const)
    for (const [at, picture] of pictures.entries()) {
      const outputs = await session.run({
        input: new Tensor('float32', picture, [1, inputSize, inputSize, 3]),
      });
      for (const [name, histogram] of histograms) {
        const tensor = outputs[graphName(name)];
        const values = tensor?.data;
        if (!(values instanceof Float32Array)) throw new Error(`the graph gave no ${name}`);
        if (look === 'counts') histogram.count(values);
        else {
          histogram.widen(values);
          addMeans(means, name, values, tensor?.dims[1] ?? 1, pictures.length);
        }
      }
      const done = at + 1 + (look === 'counts' ? pictures.length : 0);
      options.onPicture?.(done, 2 * pictures.length);
    }
  await session.release();
  const ranges = [...histograms].map(
    ([name, histogram]) => [name, chooseRange(histogram, isRectified(name))] as const,
  );
  return { images: pictures.length, ranges: Object.fromEntries(ranges), corrections: correct(layers, means) };
}

/** By the names that the card gives the ranges. `pool1` shares the range of `conv1`. */
const tensorNames: readonly string[] = [
  'input',
  ...convUnits.map(({ name }) => name),
  ...bottlenecks.map(({ name }) => name),
];

function graphName(name: string): string {
  return name === 'input' ? 'input/planes' : name;
}

function isRectified(name: string): boolean {
  const straight = bottlenecks.some(({ path, shortcut }) => path[2].name === name || shortcut?.name === name);
  return name !== 'input' && !straight;
}

function addMeans(
  means: Map<string, Float64Array>,
  name: string,
  values: Float32Array,
  channels: number,
  pictures: number,
): void {
  const sums = means.get(name) ?? new Float64Array(channels);
  const plane = values.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let at = channel * plane; at < (channel + 1) * plane; at++) sum += values[at] ?? 0;
    sums[channel] = (sums[channel] ?? 0) + sum / plane / pictures;
  }
  means.set(name, sums);
}

/** Which tensor each convolution reads; the maximum after the stem is taken for its mean. */
function inputsOfUnits(): Map<ConvUnit, string> {
  const inputs = new Map<ConvUnit, string>([[stem, 'input']]);
  let above = stem.name;
  for (const { name, path, shortcut } of bottlenecks) {
    const [reduce, spread, expand] = path;
    inputs.set(reduce, above).set(spread, reduce.name).set(expand, spread.name);
    if (shortcut) inputs.set(shortcut, above);
    above = name;
  }
  return inputs;
}

function correct(layers: Layers, means: ReadonlyMap<string, Float64Array>): Tensors {
  const corrections: Tensors = new Map();
  for (const [unit, input] of inputsOfUnits()) {
    const { kernel } = onnxConvolution(layers, unit);
    const cells = unit.kernel * unit.kernel;
    const perChannel = unit.inputs * cells;
    const { bytes, scales } = quantizeKernel(kernel, unit.outputs, (index) => Math.floor(index / perChannel));
    const values = new Float32Array(unit.outputs);
    kernel.forEach((weight, at) => {
      const out = Math.floor(at / perChannel);
      const mean = means.get(input)?.[Math.floor((at % perChannel) / cells)] ?? 0;
      values[out] = (values[out] ?? 0) + mean * (weight - (bytes[at] ?? 0) * (scales[out] ?? 0));
    });
    corrections.set(correctionName(unit), { shape: [unit.outputs], values });
  }
  return corrections;
}
