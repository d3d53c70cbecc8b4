import {
  batchNormEpsilon,
  bottlenecks,
  type ConvUnit,
  convUnits,
  headShapes,
  runBlock,
  runStem,
} from '@lucency/model/architecture';
import { backbonePixels, tfOperations } from '@lucency/model/tfjs';
import { foldLayers, layerOf, type Tensor, type Tensors } from '@lucency/model/weights';
import * as tf from '@tensorflow/tfjs';
import { Head } from './head.js';

interface Trained {
  readonly kernel: tf.Variable<tf.Rank.R4>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  /** gamma / sqrt(variance + epsilon): the statistics stay as they are. */
  readonly scale: tf.Tensor1D;
  /** What the bias was, so that what it gained can be written into beta. */
  readonly firstBias: Float32Array;
}

/**
 * ResNet50 with its head, trainable from one block on. Batch normalization's statistics are frozen everywhere:
 * `conv(x, w * s) + b` with a fixed scale s, which takes four fifths of the time of normalizing in the graph.
 */
export class TrainableNetwork {
  readonly head: Head;
  readonly #tensors: Tensors;
  readonly #trained = new Map<ConvUnit, Trained>();
  readonly #frozen = new Map<ConvUnit, { kernel: tf.Tensor4D; bias: tf.Tensor1D }>();
  readonly #firstTrained: number;

  /** `tensors`: the whole network's by their Keras names. `from`: a block's name, such as `res4a`. */
  constructor(tensors: Tensors, from: string) {
    this.#tensors = tensors;
    this.head = Head.of(tensors);
    this.#firstTrained = bottlenecks.findIndex(({ name }) => name === from);
    if (this.#firstTrained < 0) throw new RangeError(`${from} is no block of this network`);
    const trained = new Set(
      bottlenecks
        .slice(this.#firstTrained)
        .flatMap(({ path, shortcut }) => (shortcut ? [...path, shortcut] : path)),
    );
    const layers = foldLayers(tensors);
    for (const unit of convUnits) {
      const shape: [number, number, number, number] = [unit.kernel, unit.kernel, unit.inputs, unit.outputs];
      const { kernel, bias } = layerOf(layers, unit.name);
      if (!trained.has(unit)) {
        this.#frozen.set(unit, { kernel: tf.tensor4d(kernel, shape), bias: tf.tensor1d(bias) });
        continue;
      }
      this.#trained.set(unit, {
        kernel: tf.variable(tf.tensor4d(this.#values(`${unit.name}/kernel`), shape)),
        bias: tf.variable(tf.tensor1d(bias)),
        scale: tf.tensor1d(this.#scale(unit)),
        firstBias: bias,
      });
    }
  }

  get variables(): tf.Variable[] {
    return [
      ...[...this.#trained.values()].flatMap(({ kernel, bias }) => [kernel, bias]),
      ...this.head.variables,
    ];
  }

  /** Every variable by a name that outlives the process. */
  named(): Map<string, tf.Variable> {
    const named = new Map<string, tf.Variable>();
    for (const [{ name }, { kernel, bias }] of this.#trained) {
      named.set(`${name}/kernel`, kernel);
      named.set(`${name}/bias`, bias);
    }
    for (const [name, variable] of this.head.named()) named.set(name, variable);
    return named;
  }

  /** `[N, side, side, 3]`, RGB 0-1, through what is frozen. */
  frozen(pixels: tf.Tensor4D): tf.Tensor4D {
    const operations = tfOperations((unit) => this.#frozenLayer(unit));
    return tf.tidy(() =>
      bottlenecks
        .slice(0, this.#firstTrained)
        .reduce(
          (maps, block) => runBlock(maps, block, operations),
          runStem(backbonePixels(pixels), operations),
        ),
    );
  }

  /** What `frozen` gave, to the last maps. Differentiable. */
  last(maps: tf.Tensor4D): tf.Tensor4D {
    const operations = tfOperations((unit) => this.#trainedLayer(unit));
    return bottlenecks
      .slice(this.#firstTrained)
      .reduce((below, block) => runBlock(below, block, operations), maps);
  }

  /** What `frozen` gave, to logits `[N]`. Differentiable. `mask` `[N, 1024]` drops hidden units. */
  logits(maps: tf.Tensor4D, mask?: tf.Tensor2D): tf.Tensor1D {
    return this.head.logits(this.last(maps).mean<tf.Tensor2D>([1, 2]), mask);
  }

  /** Grey pictures `[N, side, side]` to logits `[N]`. */
  answers(shades: Float32Array, count: number, side: number): tf.Tensor1D {
    return this.logits(this.frozen(greyToRgb(shades, count, side)));
  }

  /**
   * The whole network's tensors with these values for what is trained (by the names of `named`); its own unless
   * given. What a bias gained goes into beta.
   */
  tensors(values: ReadonlyMap<string, Float32Array> = this.values()): Tensors {
    const tensors: Tensors = new Map(this.#tensors);
    const put = (name: string, changed: Float32Array) => {
      const { shape } = this.#tensor(name);
      tensors.set(name, { shape, values: changed });
    };
    for (const [{ name, norm }, { firstBias }] of this.#trained) {
      put(`${name}/kernel`, required(values, `${name}/kernel`));
      const bias = required(values, `${name}/bias`);
      const beta = this.#values(`${norm}/beta`);
      put(
        `${norm}/beta`,
        beta.map((value, out) => value + (bias[out] ?? 0) - (firstBias[out] ?? 0)),
      );
    }
    for (const name of headShapes().keys()) put(name, required(values, name));
    return tensors;
  }

  /** Copies of what is trained. */
  values(): Map<string, Float32Array> {
    return new Map(
      [...this.named()].map(([name, variable]) => [name, variable.dataSync<'float32'>().slice()]),
    );
  }

  dispose(): void {
    tf.dispose(this.variables);
    for (const { scale } of this.#trained.values()) scale.dispose();
    for (const { kernel, bias } of this.#frozen.values()) tf.dispose([kernel, bias]);
  }

  #frozenLayer(unit: ConvUnit) {
    const layer = this.#frozen.get(unit);
    if (!layer) throw new Error(`${unit.name} is not frozen`);
    return layer;
  }

  #trainedLayer(unit: ConvUnit) {
    const layer = this.#trained.get(unit);
    if (!layer) throw new Error(`${unit.name} is frozen`);
    return { kernel: layer.kernel.mul<tf.Tensor4D>(layer.scale), bias: layer.bias };
  }

  #scale({ norm }: ConvUnit): Float32Array {
    const gamma = this.#values(`${norm}/gamma`);
    const variance = this.#values(`${norm}/moving_variance`);
    return gamma.map((value, out) => value / Math.sqrt((variance[out] ?? 0) + batchNormEpsilon));
  }

  #values(name: string): Float32Array {
    return this.#tensor(name).values;
  }

  #tensor(name: string): Tensor {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw new Error(`${name} is missing`);
    return tensor;
  }
}

/** Grey `[N, side, side]` to `[N, side, side, 3]`. */
export function greyToRgb(shades: Float32Array, count: number, side: number): tf.Tensor4D {
  return tf.tile(tf.tensor4d(shades, [count, side, side, 1]), [1, 1, 1, 3]);
}

function required(values: ReadonlyMap<string, Float32Array>, name: string): Float32Array {
  const found = values.get(name);
  if (!found) throw new Error(`${name} was not given`);
  return found;
}
