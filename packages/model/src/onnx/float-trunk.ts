import { bottlenecks, runBlock, runStem, runTrunk, type TrunkOperations } from '../architecture.js';
import type { Layers } from '../weights/folded.js';
import { convolutionAttributes, maxPoolAttributes, onnxConvolution } from './convolution.js';
import type { GraphBuilder } from './graph-builder.js';
import { buildInput } from './input-graph.js';

/** The trunk in single precision. Answers the last feature maps, `[N, 2048, 7, 7]`. */
export function buildFloatTrunk(graph: GraphBuilder, layers: Layers): string {
  return runTrunk<string>(buildInput(graph), floatOperations(graph, layers));
}

/** The same up to a block, by its Keras name, which is not in it; for pictures of any side. */
export function buildFloatTrunkBelow(
  graph: GraphBuilder,
  layers: Layers,
  block: string,
  side: number,
): string {
  const end = bottlenecks.findIndex(({ name }) => name === block);
  if (end < 0) throw new RangeError(`${block} is no block of this network`);
  const operations = floatOperations(graph, layers);
  return bottlenecks
    .slice(0, end)
    .reduce((maps, at) => runBlock(maps, at, operations), runStem(buildInput(graph, side), operations));
}

function floatOperations(graph: GraphBuilder, layers: Layers): TrunkOperations<string> {
  return {
    conv(input, unit, rectified) {
      const { kernel, bias } = onnxConvolution(layers, unit);
      const shape = [unit.outputs, unit.inputs, unit.kernel, unit.kernel];
      const weights = graph.constant(`${unit.name}/kernel`, kernel, shape);
      const biases = graph.constant(`${unit.name}/bias`, bias);
      const sum = rectified ? `${unit.name}/sum` : unit.name;
      graph.node('Conv', [input, weights, biases], sum, convolutionAttributes(unit));
      return rectified ? graph.node('Relu', [sum], unit.name) : sum;
    },
    maxPool: (input) => graph.node('MaxPool', [input], 'pool1', maxPoolAttributes),
    addRectified: (a, b, name) => graph.node('Relu', [graph.node('Add', [a, b], `${name}/sum`)], name),
  };
}
