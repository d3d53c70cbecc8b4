import { natsEnvironment } from '@lucency/messaging';
import { engineNames, nativeDevices } from '@lucency/model/card';
import { serviceEnvironment } from '@lucency/service-kit';
import { z } from 'zod';

/** The variables that every worker has; spread into its own schema. */
export const workerEnvironment = {
  ...serviceEnvironment,
  ...natsEnvironment,
  JOB_ACK_WAIT_SECONDS: z.coerce.number().positive().default(20),
  /** A job that takes longer is given up for this try; hung threads are given up sooner. */
  JOB_DEADLINE_SECONDS: z.coerce.number().positive().default(60),
  BLOB_STORE_URL: z.url(),
  /** Directories of models, the one in use first; separated as in PATH. */
  LUCENCY_MODEL_DIR: z.string().optional(),
  /** The network that finds lungs; defaults to `lungs/` within the directory of the model in use, else to the repository's. */
  LUCENCY_LUNGS_DIR: z.string().optional(),
  ENGINE: z.enum(engineNames).default('onnx-int8'),
  /** What tfjs-node computes on; the other engines ignore it. */
  ENGINE_DEVICE: z.enum(nativeDevices).default('gpu'),
};
export type WorkerEnvironment = z.infer<z.ZodObject<typeof workerEnvironment>>;
