import { toOutputFirst } from '../onnx/convolution.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { type Layers, layerOf } from '../weights/folded.js';
import { deviationFloor, lungsOutput, lungsSide, runLungs } from './architecture.js';

const maxPool = { kernel_shape: [2, 2], strides: [2, 2] };

/**
 * `input` `[N, 128, 128]`, grey 0-1, to `lungs` `[N, 128, 128]`, the probability of every pixel, in single precision.
 * An ONNX file's bytes.
 */
export function buildLungsModel(layers: Layers): Uint8Array {
  const graph = new GraphBuilder();
  const convolve = (input: string, name: string, output: string, kernel: number, outputs: number) => {
    const layer = layerOf(layers, name);
    const inputs = layer.kernel.length / (kernel * kernel * outputs);
    const turned = toOutputFirst(layer.kernel, { kernel, inputs, outputs });
    const weights = graph.constant(`${name}/kernel`, turned, [outputs, inputs, kernel, kernel]);
    const pad = (kernel - 1) / 2;
    return graph.node('Conv', [input, weights, graph.constant(`${name}/bias`, layer.bias)], output, {
      kernel_shape: [kernel, kernel],
      pads: [pad, pad, pad, pad],
    });
  };
  const scales = graph.constant('twice', Float32Array.of(1, 1, 2, 2));
  const logits = runLungs<string>(buildInput(graph), {
    unit: (input, { name, outputs }) =>
      graph.node('Relu', [convolve(input, name, `${name}/sum`, 3, outputs)], name),
    halve: (input, name) => graph.node('MaxPool', [input], name, maxPool),
    // Nearest at half pixels, rounded down when even: every cell twice.
    double: (input, name) => graph.node('Resize', [input, '', scales], name),
    add: (a, b, name) => graph.node('Add', [a, b], name),
    output: (input) => convolve(input, lungsOutput.name, 'logits', 1, 1),
  });
  const large = graph.node('Resize', [logits, '', scales], 'enlarged', { mode: 'linear' });
  const likely = graph.node('Sigmoid', [large], 'likely');
  const square = BigInt64Array.of(-1n, BigInt(lungsSide), BigInt(lungsSide));
  graph.node('Reshape', [likely, graph.constant('square', square)], 'lungs');
  graph.output('lungs', ['N', lungsSide, lungsSide]);
  return graph.build();
}

/** Each picture with mean 0 and deviation 1, as one channel. */
function buildInput(graph: GraphBuilder): string {
  const shades = graph.input('input', ['N', lungsSide, lungsSide]);
  const plane = BigInt64Array.of(-1n, 1n, BigInt(lungsSide), BigInt(lungsSide));
  const planes = graph.node('Reshape', [shades, graph.constant('plane', plane)], 'planes');
  const axes = { axes: [1, 2, 3] };
  const centred = graph.node('Sub', [planes, graph.node('ReduceMean', [planes], 'mean', axes)], 'centred');
  const squares = graph.node('Mul', [centred, centred], 'squares');
  const deviation = graph.node('Sqrt', [graph.node('ReduceMean', [squares], 'variance', axes)], 'deviation');
  const floor = graph.constant('floor', Float32Array.of(deviationFloor), []);
  return graph.node('Div', [centred, graph.node('Add', [deviation, floor], 'spread')], 'picture');
}
