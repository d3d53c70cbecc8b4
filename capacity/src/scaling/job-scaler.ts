import type { Simulation } from '../simulation/simulation.js';
import { Activator } from './activation.js';
import { HorizontalAutoscaler, syncSeconds } from './horizontal-autoscaler.js';

export interface JobScalerOptions {
  readonly simulation: Simulation;
  readonly min: number;
  readonly max: number;
  readonly jobsPerPod: number;
  readonly wakeAbove: number;
  readonly pollingSeconds: number;
  readonly cooldownSeconds: number;
  readonly scaleDownWindow: number;
  /** Jobs that wait or are in hand, weighted. */
  readonly metric: () => number;
  readonly replicas: () => number;
  readonly scaleTo: (replicas: number) => void;
}

/**
 * A ScaledObject: KEDA asks every `pollingSeconds` whether there should be pods at all, and the autoscaler it made, which
 * has KEDA read the metric anew, every 15 s how many.
 */
export function startJobScaler(options: JobScalerOptions): void {
  const { simulation, min, max, jobsPerPod, metric, replicas, scaleTo } = options;
  const activator = new Activator(options);
  const autoscaler = new HorizontalAutoscaler({
    min: Math.max(1, min),
    max,
    target: jobsPerPod,
    scaleDownWindow: options.scaleDownWindow,
  });
  simulation.every(options.pollingSeconds, () => {
    scaleTo(activator.decide(simulation.now, metric(), replicas()));
  });
  simulation.every(syncSeconds, () => {
    // At none the autoscaler pauses, as Kubernetes has it.
    if (replicas() > 0) scaleTo(autoscaler.decide(simulation.now, metric(), replicas()));
  });
}
