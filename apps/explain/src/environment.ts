import { workerEnvironment } from '@lucency/worker-kit';
import { z } from 'zod';

/** Every variable of the service. Its engine is loaded only once a job needs it: most heatmaps come from the reading. */
export const environment = z.object({
  ...workerEnvironment,
  /** Compute threads of the engine; one, so that measuring leaves the cores to inference. */
  ENGINE_THREADS: z.coerce.number().int().min(1).default(1),
});
export type Environment = z.infer<typeof environment>;
