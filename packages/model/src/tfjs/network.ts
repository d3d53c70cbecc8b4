import * as tf from '@tensorflow/tfjs';
import {
  type ConvUnit,
  convUnits,
  type DenseUnit,
  hiddenLayer,
  outputLayer,
  runTrunk,
  textureBlock,
  typeLayer,
} from '../architecture.js';
import { type Layers, layerOf } from '../weights/folded.js';
import { backbonePixels, tfOperations } from './operations.js';

/** The same network in TensorFlow.js, batch normalization folded, the weights as its tensors. */
export interface Network {
  /** `[N, 224, 224, 3]`, RGB 0-1. */
  trunk(pixels: tf.Tensor4D): TrunkMaps;
  /** The last feature maps to logits, `[N]`. Differentiable. */
  head(maps: tf.Tensor4D): tf.Tensor1D;
  /** The last feature maps to the logits of the types, `[N, 3]`; null where the model tells none apart. */
  types(maps: tf.Tensor4D): tf.Tensor2D | null;
  dispose(): void;
}

export type TrunkMaps = {
  /** The last feature maps, `[N, 7, 7, 2048]`. */
  readonly maps: tf.Tensor4D;
  /** Means over the last maps of conv3, `[N, 512]`. */
  readonly texture: tf.Tensor2D;
};

export function buildNetwork(layers: Layers): Network {
  const kernels = new Map<ConvUnit, tf.Tensor4D>();
  const matrices = new Map<DenseUnit, tf.Tensor2D>();
  const biases = new Map<ConvUnit | DenseUnit, tf.Tensor1D>();
  for (const unit of convUnits) {
    const { kernel, bias } = layerOf(layers, unit.name);
    kernels.set(unit, tf.tensor4d(kernel, [unit.kernel, unit.kernel, unit.inputs, unit.outputs]));
    biases.set(unit, tf.tensor1d(bias));
  }
  const tellsTypes = layers.has(typeLayer.name);
  for (const unit of [hiddenLayer, outputLayer, ...(tellsTypes ? [typeLayer] : [])]) {
    const { kernel, bias } = layerOf(layers, unit.name);
    matrices.set(unit, tf.tensor2d(kernel, [unit.inputs, unit.outputs]));
    biases.set(unit, tf.tensor1d(bias));
  }
  const dense = (input: tf.Tensor2D, unit: DenseUnit): tf.Tensor2D =>
    tf.matMul<tf.Tensor2D>(input, known(matrices, unit)).add(known(biases, unit));

  const operations = tfOperations((unit) => ({ kernel: known(kernels, unit), bias: known(biases, unit) }));

  return {
    trunk: (pixels) =>
      tf.tidy(() => {
        let texture: tf.Tensor2D | undefined;
        const maps = runTrunk<tf.Tensor4D>(backbonePixels(pixels), {
          ...operations,
          addRectified(a, b, name) {
            const sum = operations.addRectified(a, b, name);
            if (name === textureBlock) texture = sum.mean<tf.Tensor2D>([1, 2]);
            return sum;
          },
        });
        if (!texture) throw new Error(`the network has no block ${textureBlock}`);
        return { maps, texture };
      }),
    head: (maps) => dense(dense(maps.mean<tf.Tensor2D>([1, 2]), hiddenLayer).relu(), outputLayer).as1D(),
    types: (maps) => (tellsTypes ? dense(maps.mean<tf.Tensor2D>([1, 2]), typeLayer) : null),
    dispose() {
      tf.dispose([...kernels.values(), ...matrices.values(), ...biases.values()]);
    },
  };
}

function known<K, V>(map: Map<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error('a layer was not built');
  return value;
}
