import { imageNetMeans, inputSize } from '../architecture.js';
import type { GraphBuilder } from './graph-builder.js';

/** `input` (Float32 `[N, side, side, 3]`, RGB 0-1) without the ImageNet means, as `[N, 3, side, side]`. */
export function buildInput(graph: GraphBuilder, side = inputSize): string {
  const pixels = graph.input('input', ['N', side, side, 3]);
  const planes = graph.node('Transpose', [pixels], 'planes', { perm: [0, 3, 1, 2] });
  const means = graph.constant(
    'means',
    Float32Array.from(imageNetMeans, (mean) => mean / 255),
    [1, 3, 1, 1],
  );
  return graph.node('Sub', [planes, means], 'input/planes');
}
