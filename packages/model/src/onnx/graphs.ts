import { bottlenecks, convUnits, featureCount, mapSize, textureBlock } from '../architecture.js';
import type { Layers } from '../weights/folded.js';
import { buildFloatTrunk } from './float-trunk.js';
import { GraphBuilder } from './graph-builder.js';
import { buildHead, buildPooling, buildTexture } from './head-graph.js';
import { buildInt8Trunk } from './int8-trunk.js';
import type { Ranges } from './quantization.js';

/** `input` to `logit`, `evidence` and `texture` in single precision. An ONNX file's bytes. */
export function buildFloatModel(layers: Layers): Uint8Array {
  const graph = new GraphBuilder();
  buildHead(graph, layers, buildFloatTrunk(graph, layers));
  buildTexture(graph, textureBlock);
  return graph.build();
}

/** `input` to `logit`, `evidence` and `texture`, the trunk in bytes. An ONNX file's bytes. */
export function buildInt8Model(layers: Layers, ranges: Ranges): Uint8Array {
  const graph = new GraphBuilder();
  const { maps, texture } = buildInt8Trunk(graph, layers, ranges);
  buildHead(graph, layers, maps);
  buildTexture(graph, texture);
  return graph.build();
}

export interface FeatureGraph {
  readonly model: Uint8Array;
  /** Tensors whose extremes the graph also yields, as `NAME/low` and `NAME/high`. */
  readonly observed: readonly string[];
}

/**
 * `input` to `pooled` `[N, 2048]`, the last maps `[N, 2048, 7, 7]` and `texture` `[N, 512]`, for training; needs no
 * head.
 */
export function buildFeatureModel(layers: Layers, observe: boolean): FeatureGraph & { maps: string } {
  const graph = new GraphBuilder();
  const maps = buildFloatTrunk(graph, layers);
  graph.output(maps, ['N', featureCount, mapSize, mapSize]);
  graph.output(buildPooling(graph, maps), ['N', featureCount]);
  buildTexture(graph, textureBlock);
  const observed = observe ? observedTensors : [];
  for (const name of observed) {
    const tensor = name === 'input' ? 'input/planes' : name;
    graph.output(graph.node('ReduceMin', [tensor], `${name}/low`, { keepdims: 0 }), []);
    graph.output(graph.node('ReduceMax', [tensor], `${name}/high`, { keepdims: 0 }), []);
  }
  return { model: graph.build(), observed, maps };
}

/** Every tensor that int8 needs the range of. */
export const observedTensors: readonly string[] = [
  'input',
  ...convUnits.map(({ name }) => name),
  ...bottlenecks.map(({ name }) => name),
];
