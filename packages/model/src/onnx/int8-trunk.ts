import { runTrunk, textureBlock } from '../architecture.js';
import type { Layers } from '../weights/folded.js';
import { convolutionAttributes, maxPoolAttributes, onnxConvolution } from './convolution.js';
import type { GraphBuilder } from './graph-builder.js';
import { buildInput } from './input-graph.js';
import {
  type Quantized,
  quantizeBias,
  quantizedRange,
  quantizeKernel,
  type Ranges,
  rangeOf,
  rectifiedRange,
} from './quantization.js';

interface Bytes {
  readonly name: string;
  readonly as: Quantized;
}

/**
 * The trunk in bytes: activations unsigned, weights signed with a scale per channel, which is what the VNNI
 * instructions multiply (U8U8 and S8S8 take five times as long). Answers the last feature maps, `[N, 2048, 7, 7]`,
 * and those of conv3, `[N, 512, 28, 28]`, widened to Float32.
 */
export function buildInt8Trunk(
  graph: GraphBuilder,
  layers: Layers,
  ranges: Ranges,
): { maps: string; texture: string } {
  const input = quantizedRange(rangeOf(ranges, 'input'));
  graph.node('QuantizeLinear', [buildInput(graph), ...constants(graph, 'input', input)], 'input/bytes');

  const maps = runTrunk<Bytes>(
    { name: 'input/bytes', as: input },
    {
      conv(from, unit, rectified) {
        const { name, inputs, outputs, kernel: size } = unit;
        const range = rangeOf(ranges, name);
        const as = rectified ? rectifiedRange(range) : quantizedRange(range);
        const { kernel, bias, correction } = onnxConvolution(layers, unit);
        const corrected = bias.map((value, out) => value + (correction?.[out] ?? 0));
        const perChannel = inputs * size * size;
        const { bytes, scales } = quantizeKernel(kernel, outputs, (index) => Math.floor(index / perChannel));
        graph.node(
          'QLinearConv',
          [
            ...operand(from),
            graph.constant(`${name}/kernel`, bytes, [outputs, inputs, size, size]),
            graph.constant(`${name}/kernel/scale`, scales),
            graph.constant(`${name}/kernel/zero`, new Int8Array(outputs)),
            ...constants(graph, name, as),
            graph.constant(`${name}/bias`, quantizeBias(corrected, from.as, scales)),
          ],
          name,
          convolutionAttributes(unit),
        );
        return { name, as };
      },
      maxPool(from) {
        graph.node('MaxPool', [from.name], 'pool1', maxPoolAttributes);
        constants(graph, 'pool1', from.as);
        return { name: 'pool1', as: from.as };
      },
      addRectified(a, b, name) {
        const as = rectifiedRange(rangeOf(ranges, name));
        graph.node(
          'com.microsoft.QLinearAdd',
          [...operand(a), ...operand(b), ...constants(graph, name, as)],
          name,
        );
        if (name === textureBlock) graph.node('DequantizeLinear', operand({ name, as }), 'texture/wide');
        return { name, as };
      },
    },
  );
  return { maps: graph.node('DequantizeLinear', operand(maps), 'maps/wide'), texture: 'texture/wide' };
}

function constants(graph: GraphBuilder, name: string, { scale, zeroPoint }: Quantized): [string, string] {
  return [
    graph.constant(`${name}/scale`, Float32Array.of(scale), []),
    graph.constant(`${name}/zero`, Uint8Array.of(zeroPoint), []),
  ];
}

function operand({ name }: Bytes): [string, string, string] {
  const constantsOf = name.replace(/\/bytes$/, '');
  return [name, `${constantsOf}/scale`, `${constantsOf}/zero`];
}
