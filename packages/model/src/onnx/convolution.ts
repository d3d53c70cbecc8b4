import { type ConvUnit, stem } from '../architecture.js';
import { type Layer, type Layers, layerOf } from '../weights/folded.js';

/** `[height, width, in, out]` to ONNX's `[out, in, height, width]`. */
export function toOutputFirst(
  kernel: Float32Array,
  unit: Pick<ConvUnit, 'kernel' | 'inputs' | 'outputs'>,
): Float32Array {
  const { kernel: size, inputs, outputs } = unit;
  const turned = new Float32Array(kernel.length);
  for (let place = 0; place < size * size; place++)
    for (let input = 0; input < inputs; input++) {
      const source = (place * inputs + input) * outputs;
      for (let out = 0; out < outputs; out++)
        turned[(out * inputs + input) * size * size + place] = kernel[source + out] ?? 0;
    }
  return turned;
}

/**
 * A convolution as ONNX wants it. The first one takes red, green, blue of 0-1 where the backbone was trained on
 * blue, green, red of 0-255: the order and the factor go into its kernel. The means cannot, because the zeros
 * around the picture are added after they are taken away.
 */
export function onnxConvolution(layers: Layers, unit: ConvUnit): Layer {
  const { kernel, ...rest } = layerOf(layers, unit.name);
  const turned = toOutputFirst(kernel, unit);
  return { ...rest, kernel: unit === stem ? forUnitRgb(turned, unit) : turned };
}

function forUnitRgb(kernel: Float32Array, unit: ConvUnit): Float32Array {
  const plane = unit.kernel * unit.kernel;
  return kernel.map((_, index) => {
    const channel = Math.floor(index / plane) % 3;
    return 255 * (kernel[index + (2 - 2 * channel) * plane] ?? 0);
  });
}

export function convolutionAttributes({ kernel, stride, pad }: ConvUnit) {
  return {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
  };
}

export const maxPoolAttributes = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
