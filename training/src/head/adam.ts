import * as tf from '@tensorflow/tfjs';

const [momentum, momentumOfSquares, tiny] = [0.9, 0.999, 1e-7];

/**
 * Adam (Kingma and Ba 2015) with weight decay apart from the gradient (Loshchilov and Hutter 2019) and a
 * learning rate that may change between steps, neither of which TensorFlow.js' own has.
 */
export class AdamW {
  readonly #slots = new Map<tf.Variable, { mean: tf.Variable; square: tf.Variable }>();
  #steps = 0;

  /** `decay`: share of every matrix's weight taken away per step and unit of learning rate. */
  step(gradients: ReadonlyMap<tf.Variable, tf.Tensor>, rate: number, decay: number): void {
    this.#steps += 1;
    const towards = 1 - momentum ** this.#steps;
    const towardsOfSquares = 1 - momentumOfSquares ** this.#steps;
    tf.tidy(() => {
      for (const [variable, gradient] of gradients) {
        const { mean, square } = this.#slotOf(variable);
        mean.assign(mean.mul(momentum).add(gradient.mul(1 - momentum)));
        square.assign(square.mul(momentumOfSquares).add(gradient.square().mul(1 - momentumOfSquares)));
        const direction = mean.div(towards).div(square.div(towardsOfSquares).sqrt().add(tiny));
        const kept = variable.rank > 1 ? variable.mul(1 - rate * decay) : variable;
        variable.assign(kept.sub(direction.mul(rate)));
      }
    });
  }

  dispose(): void {
    for (const { mean, square } of this.#slots.values()) tf.dispose([mean, square]);
  }

  #slotOf(variable: tf.Variable): { mean: tf.Variable; square: tf.Variable } {
    const known = this.#slots.get(variable);
    if (known) return known;
    const slot = {
      mean: tf.variable(tf.zerosLike(variable), false),
      square: tf.variable(tf.zerosLike(variable), false),
    };
    this.#slots.set(variable, slot);
    return slot;
  }
}
