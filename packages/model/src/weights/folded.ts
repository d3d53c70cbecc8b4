import {
  batchNormEpsilon,
  type ConvUnit,
  convUnits,
  correctionName,
  denseUnits,
  typeLayer,
} from '../architecture.js';
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
  for (const { name } of [...denseUnits, typeLayer])
    if (tensors.has(`${name}/kernel`))
      layers.set(name, {
        kernel: valuesOf(tensors, `${name}/kernel`),
        bias: valuesOf(tensors, `${name}/bias`),
      });
  return layers;
}

function foldUnit(tensors: Tensors, unit: ConvUnit): Layer {
  const part = (name: string) => valuesOf(tensors, `${unit.norm}/${name}`);
  const folded = foldScale(
    {
      kernel: valuesOf(tensors, `${unit.name}/kernel`),
      bias: valuesOf(tensors, `${unit.name}/bias`),
      gamma: part('gamma'),
      beta: part('beta'),
      mean: part('moving_mean'),
      variance: part('moving_variance'),
    },
    batchNormEpsilon,
  );
  return { ...folded, correction: tensors.get(correctionName(unit))?.values };
}

/** A convolution and the batch normalization after it; vectors are `[out]`. */
interface Normalized extends Layer {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Both as one kernel and one bias. */
export function foldScale({ gamma, beta, mean, variance, ...layer }: Normalized, epsilon: number): Layer {
  const outputs = gamma.length;
  const scale = Float64Array.from(gamma, (value, out) => value / Math.sqrt((variance[out] ?? 0) + epsilon));
  const bias = layer.bias.map(
    (value, out) => (value - (mean[out] ?? 0)) * (scale[out] ?? 0) + (beta[out] ?? 0),
  );
  const kernel = new Float32Array(layer.kernel.length);
  for (let start = 0; start < kernel.length; start += outputs)
    for (let out = 0; out < outputs; out++)
      kernel[start + out] = (layer.kernel[start + out] ?? 0) * (scale[out] ?? 0);
  return { kernel, bias };
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
