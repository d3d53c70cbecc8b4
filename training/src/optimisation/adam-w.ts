import * as tf from '@tensorflow/tfjs';

const [momentum, momentumOfSquares, tiny] = [0.9, 0.999, 1e-7];

interface Moments {
  readonly mean: tf.Variable;
  readonly square: tf.Variable;
}

/**
 * Adam (Kingma and Ba 2015) with weight decay apart from the gradient (Loshchilov and Hutter 2019) and a
 * learning rate that may change between steps, neither of which TensorFlow.js' own has. Its state can be kept
 * and restored.
 */
export class AdamW {
  readonly #moments = new Map<tf.Variable, Moments>();
  #steps = 0;

  /** `decay`: share of every matrix's weight taken away per step and unit of learning rate. */
  step(gradients: ReadonlyMap<tf.Variable, tf.Tensor>, rate: number, decay: number): void {
    this.#steps += 1;
    const towards = 1 - momentum ** this.#steps;
    const root = Math.sqrt(1 - momentumOfSquares ** this.#steps);
    tf.tidy(() => {
      for (const [variable, gradient] of gradients) {
        const { mean, square } = this.#momentsOf(variable);
        mean.assign(mean.add(gradient.sub(mean).mul(1 - momentum)));
        square.assign(
          square.add(
            gradient
              .square()
              .sub(square)
              .mul(1 - momentumOfSquares),
          ),
        );
        // The corrections of both moments as one factor, to pass over the weights less often.
        const change = mean.mul((rate * root) / towards).div(square.sqrt().add(tiny * root));
        const kept = variable.rank > 1 && decay > 0 ? variable.mul(1 - rate * decay) : variable;
        variable.assign(kept.sub(change));
      }
    });
  }

  /** Both moments of every variable that was stepped, by these names. */
  state(names: ReadonlyMap<string, tf.Variable>): { steps: number; moments: Map<string, Float32Array> } {
    const moments = new Map<string, Float32Array>();
    for (const [name, variable] of names) {
      const { mean, square } = this.#momentsOf(variable);
      moments.set(`${name}/mean`, mean.dataSync<'float32'>().slice());
      moments.set(`${name}/square`, square.dataSync<'float32'>().slice());
    }
    return { steps: this.#steps, moments };
  }

  restore(
    names: ReadonlyMap<string, tf.Variable>,
    { steps, moments }: { steps: number; moments: ReadonlyMap<string, Float32Array> },
  ): void {
    this.#steps = steps;
    for (const [name, variable] of names)
      for (const part of ['mean', 'square'] as const) {
        const values = moments.get(`${name}/${part}`);
        if (!values) throw new Error(`the ${part} of ${name} was not kept`);
        tf.tidy(() => this.#momentsOf(variable)[part].assign(tf.tensor(values, variable.shape)));
      }
  }

  dispose(): void {
    for (const { mean, square } of this.#moments.values()) tf.dispose([mean, square]);
  }

  #momentsOf(variable: tf.Variable): Moments {
    const known = this.#moments.get(variable);
    if (known) return known;
    const moments = {
      mean: tf.variable(tf.zerosLike(variable), false),
      square: tf.variable(tf.zerosLike(variable), false),
    };
    this.#moments.set(variable, moments);
    return moments;
  }
}
