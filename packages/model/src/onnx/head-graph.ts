import { featureCount, hiddenLayer, mapSize, outputLayer, textureCount, typeLayer } from '../architecture.js';
import { type Layers, layerOf } from '../weights/folded.js';
import type { GraphBuilder } from './graph-builder.js';

const cells = mapSize * mapSize;

/** Means over the 7 x 7 cells, `[N, 2048]`. */
export function buildPooling(graph: GraphBuilder, maps: string): string {
  return graph.node('Flatten', [graph.node('GlobalAveragePool', [maps], 'pooled/maps')], 'pooled');
}

/** Means over the maps of conv3, as the output `texture` `[N, 512]`. */
export function buildTexture(graph: GraphBuilder, maps: string): void {
  graph.node('Flatten', [graph.node('GlobalAveragePool', [maps], 'texture/maps')], 'texture');
  graph.output('texture', ['N', textureCount]);
}

/**
 * From the last feature maps to `logit` `[N]` and `evidence` `[N, 7, 7]`, and to `types` `[N, 3]` where the model tells
 * types apart.
 *
 * Grad-CAM (Selvaraju et al. 2017) weights each map by the mean gradient of the logit over its cells. Through
 * pooling and two dense layers that is closed: `W1 (mask * w2) / 49`, the mask telling which hidden units are
 * active. So no gradient pass is needed, and a test holds this to one.
 */
export function buildHead(graph: GraphBuilder, layers: Layers, maps: string): void {
  const hidden = layerOf(layers, hiddenLayer.name);
  const output = layerOf(layers, outputLayer.name);
  const width = hiddenLayer.outputs;
  const pooled = buildPooling(graph, maps);
  buildTypes(graph, layers, pooled);
  const kernel = graph.constant('hidden/kernel', hidden.kernel, [featureCount, width]);
  const sum = graph.node('Gemm', [pooled, kernel, graph.constant('hidden/bias', hidden.bias)], 'hidden/sum');
  const active = graph.node('Relu', [sum], 'hidden');
  const outputKernel = graph.constant('output/kernel', output.kernel, [width, 1]);
  const outputBias = graph.constant('output/bias', output.bias);
  const logit = graph.node('Gemm', [active, outputKernel, outputBias], 'logit/column');
  graph.node('Reshape', [logit, graph.constant('logit/shape', BigInt64Array.of(-1n))], 'logit');
  graph.output('logit', ['N']);

  const zero = graph.constant('zero', Float32Array.of(0), []);
  const mask = graph.node('Greater', [active, zero], 'mask');
  const shares = output.kernel.map((weight) => weight / cells);
  const masked = graph.node('Where', [mask, graph.constant('shares', shares, [1, width]), zero], 'masked');
  const weights = graph.node('Gemm', [masked, kernel], 'map-weights', { transB: 1 });
  const row = BigInt64Array.of(-1n, 1n, BigInt(featureCount));
  const rows = graph.node('Reshape', [weights, graph.constant('row', row)], 'map-weights/rows');
  const flat = BigInt64Array.of(-1n, BigInt(featureCount), BigInt(cells));
  const flatMaps = graph.node('Reshape', [maps, graph.constant('flat', flat)], 'maps/flat');
  const square = BigInt64Array.of(-1n, BigInt(mapSize), BigInt(mapSize));
  const product = graph.node('MatMul', [rows, flatMaps], 'evidence/flat');
  graph.node('Reshape', [product, graph.constant('square', square)], 'evidence');
  graph.output('evidence', ['N', mapSize, mapSize]);
}

function buildTypes(graph: GraphBuilder, layers: Layers, pooled: string): void {
  const layer = layers.get(typeLayer.name);
  if (!layer) return;
  const { inputs, outputs } = typeLayer;
  const kernel = graph.constant('type/kernel', layer.kernel, [inputs, outputs]);
  graph.node('Gemm', [pooled, kernel, graph.constant('type/bias', layer.bias)], 'types');
  graph.output('types', ['N', outputs]);
}
