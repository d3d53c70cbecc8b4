import { workerEnvironment } from '@lucency/worker-kit';
import { z } from 'zod';

/** Every variable of the service. */
export const environment = z.object({
  ...workerEnvironment,
  /** Compute threads of the engine; all cores but one unless told. */
  ENGINE_THREADS: z.coerce.number().int().min(1).optional(),
  /** Processes that decode ordinary images; all cores but one unless told. */
  PREPARE_THREADS: z.coerce.number().int().min(1).optional(),
});
export type Environment = z.infer<typeof environment>;
