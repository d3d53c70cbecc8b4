export interface Activation {
  /** Pods at least; 0 lets the last one go. */
  readonly min: number;
  /** Of the metric: a scaler is active above it. */
  readonly wakeAbove: number;
  readonly cooldownSeconds: number;
}

/**
 * What KEDA does itself, between none and one pod; it hands all above to the HorizontalPodAutoscaler. Asked every
 * `pollingSeconds`. See https://keda.sh/docs/latest/concepts/scaling-deployments/.
 */
export class Activator {
  readonly #activation: Activation;
  #lastActive = 0;

  constructor(activation: Activation) {
    this.#activation = activation;
  }

  /** Pods that should run from now on. */
  decide(now: number, metric: number, current: number): number {
    const { min, wakeAbove, cooldownSeconds } = this.#activation;
    if (metric > wakeAbove) {
      this.#lastActive = now;
      return current === 0 ? Math.max(1, min) : current;
    }
    return min === 0 && now - this.#lastActive > cooldownSeconds ? 0 : current;
  }
}
