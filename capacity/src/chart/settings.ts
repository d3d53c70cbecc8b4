import { z } from 'zod';

/** `500m` or `2`, as Kubernetes writes processor time; in cores. */
const cores = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?m?$/)])
  .transform((text) => (String(text).endsWith('m') ? Number.parseFloat(String(text)) / 1000 : Number(text)));

const count = z.number().int().nonnegative();

const worker = z.object({
  replicas: count,
  scaling: z.object({
    min: count,
    max: count.min(1),
    jobsPerPod: z.number().positive(),
    wakeAbove: z.number().nonnegative(),
  }),
  resources: z.object({ requests: z.object({ cpu: cores }) }),
});

/** What of the chart's values decides how many pods there are, and how fast they are. */
export const chartValues = z.object({
  inferenceCpu: worker.extend({ enabled: z.boolean(), threads: count.min(1) }),
  inferenceGpu: worker.extend({ enabled: z.boolean(), gpu: z.object({ count: count.min(1) }) }),
  explain: worker,
  keda: z.object({
    enabled: z.boolean(),
    statWeight: z.number().positive(),
    pollingSeconds: z.number().positive(),
    cooldownSeconds: z.number().nonnegative(),
  }),
  jobAckWaitSeconds: z.number().positive(),
});

export type WorkerSettings = z.infer<typeof worker>;

export type ChartSettings = z.infer<typeof chartValues> & {
  /** Of the autoscaler that KEDA makes, seconds: pods go when none was wished for so long. */
  readonly scaleDownWindow: number;
};
