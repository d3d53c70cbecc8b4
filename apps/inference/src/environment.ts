import { engineNames, nativeDevices } from '@lucency/model/card';
import { z } from 'zod';

/** Every variable of the service. */
export const environment = z.object({
  NATS_URL: z.string().min(1),
  NATS_REPLICAS: z.coerce.number().int().min(1).default(1),
  JOB_ACK_WAIT_SECONDS: z.coerce.number().positive().default(20),
  BLOB_STORE_URL: z.url(),
  LUCENCY_MODEL_DIR: z.string().optional(),
  ENGINE: z.enum(engineNames).default('onnx-int8'),
  /** What tfjs-node computes on; of no meaning to the other engines. */
  ENGINE_DEVICE: z.enum(nativeDevices).default('gpu'),
  /** Compute threads of the engine; all cores but one unless told. */
  ENGINE_THREADS: z.coerce.number().int().min(1).optional(),
  /** Threads that decode images; all cores but one unless told. */
  PREPARE_THREADS: z.coerce.number().int().min(1).optional(),
  /** 0 takes a free port. */
  HEALTH_PORT: z.coerce.number().int().min(0).default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type Environment = z.infer<typeof environment>;
