export interface HorizontalScaling {
  /** Pods at least while there are any, 1 or more, and at most. */
  readonly min: number;
  readonly max: number;
  /** Of the metric, for each pod. */
  readonly target: number;
  /** The highest wish of so many seconds counts when pods are taken away. */
  readonly scaleDownWindow: number;
}

/** Kubernetes' own defaults, which the chart does not change. */
export const syncSeconds = 15;
const tolerance = 0.1;
const growth = { pods: 4, share: 1, seconds: 15 };

/**
 * Kubernetes' HorizontalPodAutoscaler on one external metric of type AverageValue, as its documentation gives the
 * algorithm (autoscaling/v2): tolerance, then bounds, then the stabilisation window downwards, then the steps upwards
 * of 4 pods or as many as there are, whichever is more, in 15 s. Downwards its default policy allows every step.
 */
export class HorizontalAutoscaler {
  readonly #scaling: HorizontalScaling;
  #wishes: { at: number; pods: number }[] = [];
  #additions: { at: number; pods: number }[] = [];

  constructor(scaling: HorizontalScaling) {
    this.#scaling = scaling;
  }

  /** Pods that should run from now on. Called every `syncSeconds`, with as many as were asked for last. */
  decide(now: number, metric: number, current: number): number {
    const { min, max, scaleDownWindow } = this.#scaling;
    const wish = Math.min(max, Math.max(min, this.#wish(metric, current)));
    this.#wishes = [...this.#wishes.filter(({ at }) => at > now - scaleDownWindow), { at: now, pods: wish }];
    const calmed = wish < current ? Math.min(current, this.#highestWish()) : wish;

    this.#additions = this.#additions.filter(({ at }) => at > now - growth.seconds);
    const added = this.#additions.reduce((sum, { pods }) => sum + pods, 0);
    const before = current - added;
    const decided = Math.min(calmed, before + Math.max(growth.pods, Math.ceil(before * growth.share)));
    if (decided > current) this.#additions.push({ at: now, pods: decided - current });
    return decided;
  }

  #wish(metric: number, current: number): number {
    const ratio = metric / (this.#scaling.target * current);
    return Math.abs(ratio - 1) <= tolerance ? current : Math.ceil(metric / this.#scaling.target);
  }

  #highestWish(): number {
    return Math.max(...this.#wishes.map(({ pods }) => pods));
  }
}
