import { workerEnvironment } from '@lucency/worker-kit';
import { z } from 'zod';

/** Every variable of the service. */
export const environment = z.object({
  ...workerEnvironment,
  /** Compute threads of the engine. Defaults to all cores but one. */
  ENGINE_THREADS: z.coerce.number().int().min(1).optional(),
  /** Processes that decode ordinary images. Defaults to all cores but one. */
  PREPARE_THREADS: z.coerce.number().int().min(1).optional(),
});
export type Environment = z.infer<typeof environment>;
