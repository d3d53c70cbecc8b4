import { foldScale, type Layers } from '../weights/folded.js';
import { DamagedWeightsError, type Tensors } from '../weights/safetensors.js';
import { lungsBatchNormEpsilon, lungsOutput, lungsUnits } from './architecture.js';

/** Batch normalization folded into the convolutions: one kernel and one bias each, by name. */
export function foldLungs(tensors: Tensors): Layers {
  const layers: Layers = new Map();
  for (const { name, outputs } of lungsUnits)
    layers.set(
      name,
      foldScale(
        {
          kernel: valuesOf(tensors, `${name}/kernel`),
          bias: new Float32Array(outputs),
          gamma: valuesOf(tensors, `${name}/gamma`),
          beta: valuesOf(tensors, `${name}/beta`),
          mean: valuesOf(tensors, `${name}/moving_mean`),
          variance: valuesOf(tensors, `${name}/moving_variance`),
        },
        lungsBatchNormEpsilon,
      ),
    );
  layers.set(lungsOutput.name, {
    kernel: valuesOf(tensors, `${lungsOutput.name}/kernel`),
    bias: valuesOf(tensors, `${lungsOutput.name}/bias`),
  });
  return layers;
}

function valuesOf(tensors: Tensors, name: string): Float32Array {
  const tensor = tensors.get(name);
  if (!tensor) throw new DamagedWeightsError(`${name} is missing`);
  return tensor.values;
}
