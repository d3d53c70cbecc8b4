import { batchNormEpsilon, type ConvUnit, convUnits, correctionName, denseUnits } from '../architecture.js';
import { DamagedWeightsError, type Tensors } from './safetensors.js';

/** A linear layer: kernel `[height, width, in, out]` or `[in, out]`, bias `[out]`, row-major. */
export interface Layer {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  /** `[out]`: what int8 adds to the bias for what the rounded kernel loses on the mean input. */
  readonly correction?: Float32Array | undefined;
}
/** Layers by their Keras name, batch normalization folded into the convolutions. */
export type Layers = Map<string, Layer>;

/** `gamma (conv(x) + bias - mean) / sqrt(variance + epsilon) + beta` as one kernel and one bias. */
export function foldLayers(tensors: Tensors): Layers {
  const layers: Layers = new Map();
  for (const unit of convUnits) layers.set(unit.name, foldUnit(tensors, unit));
  for (const { name } of denseUnits)
    if (tensors.has(`${name}/kernel`))
      layers.set(name, {
        kernel: valuesOf(tensors, `${name}/kernel`),
        bias: valuesOf(tensors, `${name}/bias`),
      });
  return layers;
}

function foldUnit(tensors: Tensors, unit: ConvUnit): Layer {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((part) =>
    valuesOf(tensors, `${unit.norm}/${part}`),
  );
  const scale = new Float64Array(unit.outputs).map(
    (_, out) => (gamma?.[out] ?? 0) / Math.sqrt((variance?.[out] ?? 0) + batchNormEpsilon),
  );
  const bias = valuesOf(tensors, `${unit.name}/bias`).map(
    (value, out) => (value - (mean?.[out] ?? 0)) * (scale[out] ?? 0) + (beta?.[out] ?? 0),
  );
  const source = valuesOf(tensors, `${unit.name}/kernel`);
  const kernel = new Float32Array(source.length);
  for (let start = 0; start < kernel.length; start += unit.outputs)
    for (let out = 0; out < unit.outputs; out++)
      kernel[start + out] = (source[start + out] ?? 0) * (scale[out] ?? 0);
  return { kernel, bias, correction: tensors.get(correctionName(unit))?.values };
}

function valuesOf(tensors: Tensors, name: string): Float32Array {
  const tensor = tensors.get(name);
  if (!tensor) throw new DamagedWeightsError(`${name} is missing`);
  return tensor.values;
}

export function layerOf(layers: Layers, name: string): Layer {
  const layer = layers.get(name);
  if (!layer) throw new DamagedWeightsError(`${name} is missing`);
  return layer;
}
