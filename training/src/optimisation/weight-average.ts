import * as tf from '@tensorflow/tfjs';

/** Steps between two updates: averaging 24 million weights after each would cost a tenth of the time. */
const interval = 4;

/** Exponential moving average of the weights (Polyak and Juditsky 1992; decay as in Tarvainen and Valpola 2017). */
export class WeightAverage {
  readonly #averages: Map<string, tf.Variable>;
  readonly #decay: number;

  /** `decay`: what a step leaves of the average, such as .99. */
  constructor(variables: ReadonlyMap<string, tf.Variable>, decay: number) {
    this.#decay = decay;
    this.#averages = new Map(
      [...variables].map(([name, variable]) => [name, tf.variable(variable.clone(), false)]),
    );
  }

  /** To be called after every step, with its number. */
  follow(variables: ReadonlyMap<string, tf.Variable>, step: number): void {
    if (step % interval !== 0) return;
    // At first the average would mostly hold what training began with.
    const decay = Math.min(this.#decay, step / (step + 10)) ** interval;
    tf.tidy(() => {
      for (const [name, average] of this.#averages) {
        const variable = variables.get(name);
        if (variable) average.assign(average.add(variable.sub(average).mul(1 - decay)));
      }
    });
  }

  values(): Map<string, Float32Array> {
    return new Map(
      [...this.#averages].map(([name, average]) => [name, average.dataSync<'float32'>().slice()]),
    );
  }

  restore(values: ReadonlyMap<string, Float32Array>): void {
    for (const [name, average] of this.#averages) {
      const kept = values.get(name);
      if (kept) tf.tidy(() => average.assign(tf.tensor(kept, average.shape)));
    }
  }

  dispose(): void {
    tf.dispose([...this.#averages.values()]);
  }
}
