import { imageNetMeans, inputSize } from '../architecture.js';
import type { GraphBuilder } from './graph-builder.js';

/** `input` (Float32 `[N, 224, 224, 3]`, RGB 0-1) without the ImageNet means, as `[N, 3, 224, 224]`. */
export function buildInput(graph: GraphBuilder): string {
  const pixels = graph.input('input', ['N', inputSize, inputSize, 3]);
  const means = graph.constant('means', Float32Array.from(imageNetMeans, (mean) => mean / 255));
  const centred = graph.node('Sub', [pixels, means], 'centred');
  return graph.node('Transpose', [centred], 'input/planes', { perm: [0, 3, 1, 2] });
}
