import {
  type LungsUnit,
  lungsBatchNormEpsilon,
  lungsOutput,
  lungsShapes,
  runLungs,
} from '@lucency/model/lungs';
import { lungsResizing, standardized } from '@lucency/model/lungs/tfjs';
import type { Tensors } from '@lucency/model/weights';
import { normal, seededRandom, seedOf } from '@lucency/statistics';
import * as tf from '@tensorflow/tfjs';
import { batchNormalized } from './batch-normalization.js';

/** How fast the moving statistics follow. */
const follow = 0.1;

/** The segmenter's network as variables, batch normalization with each batch's own statistics. */
export class TrainableLungs {
  readonly #variables = new Map<string, tf.Variable>();

  constructor(seed: number) {
    for (const [name, shape] of lungsShapes()) {
      const values = firstValues(name, shape, seed);
      const moving = /\/moving_/.test(name);
      this.#variables.set(
        name,
        tf.tidy(() => tf.variable(tf.tensor(values, [...shape]), !moving)),
      );
    }
  }

  /** Those that gradients change. */
  get trained(): Map<string, tf.Variable> {
    return new Map([...this.#variables].filter(([, { trainable }]) => trainable));
  }

  get named(): ReadonlyMap<string, tf.Variable> {
    return this.#variables;
  }

  /** Grey `[N, 128, 128]` to logits `[N, 64, 64]`; the statistics of the batch go into `seen`. */
  logits(shades: tf.Tensor3D, seen: Map<LungsUnit, readonly [tf.Tensor1D, tf.Tensor1D]>): tf.Tensor3D {
    const logits = runLungs(standardized(shades), {
      ...lungsResizing,
      unit: (input, unit) => {
        const convolved = tf.conv2d(input, this.#kernel(unit.name), 1, 'same');
        const [gamma, beta] = [this.#vector(unit.name, 'gamma'), this.#vector(unit.name, 'beta')];
        const keep = (mean: tf.Tensor1D, variance: tf.Tensor1D) => seen.set(unit, [mean, variance]);
        return batchNormalized(convolved, gamma, beta, lungsBatchNormEpsilon, keep).relu();
      },
      output: (input) =>
        tf
          .conv2d(input, this.#kernel(lungsOutput.name), 1, 'same')
          .add<tf.Tensor4D>(this.#vector(lungsOutput.name, 'bias')),
    });
    const [count, height, width] = logits.shape;
    return logits.as3D(count, height, width);
  }

  /** Lets the moving statistics follow those of a batch. */
  followStatistics(seen: ReadonlyMap<LungsUnit, readonly [tf.Tensor1D, tf.Tensor1D]>): void {
    tf.tidy(() => {
      for (const [{ name }, [mean, variance]] of seen) {
        const move = (part: string, towards: tf.Tensor1D) => {
          const moving = this.#variable(`${name}/${part}`);
          moving.assign(moving.add(towards.sub(moving).mul(follow)));
        };
        move('moving_mean', mean);
        move('moving_variance', variance);
      }
    });
  }

  values(): Map<string, Float32Array> {
    return new Map(
      [...this.#variables].map(([name, variable]) => [name, variable.dataSync<'float32'>().slice()]),
    );
  }

  restore(values: ReadonlyMap<string, Float32Array>): void {
    for (const [name, of] of values) {
      const variable = this.#variable(name);
      tf.tidy(() => variable.assign(tf.tensor(of, variable.shape)));
    }
  }

  tensors(): Tensors {
    return new Map(
      [...this.values()].map(([name, values]) => [name, { shape: this.#variable(name).shape, values }]),
    );
  }

  dispose(): void {
    tf.dispose([...this.#variables.values()]);
  }

  #variable(name: string): tf.Variable {
    const variable = this.#variables.get(name);
    if (!variable) throw new Error(`the network has no ${name}`);
    return variable;
  }

  #kernel(name: string): tf.Tensor4D {
    const [height = 1, width = 1, inputs = 1, outputs = 1] = this.#variable(`${name}/kernel`).shape;
    return this.#variable(`${name}/kernel`).as4D(height, width, inputs, outputs);
  }

  #vector(name: string, part: string): tf.Tensor1D {
    return this.#variable(`${name}/${part}`).as1D();
  }
}

/** Kernels as He et al. 2015 (arXiv 1502.01852) draw them; what normalizes changes nothing yet. */
function firstValues(name: string, shape: readonly number[], seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
  if (/\/(gamma|moving_variance)$/.test(name)) return values.fill(1);
  if (!name.endsWith('/kernel')) return values;
  const random = seededRandom(seedOf(seed, ...[...name].map((letter) => letter.charCodeAt(0))));
  const inputs = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const deviation = Math.sqrt(2 / inputs);
  return values.map(() => deviation * normal(random));
}
