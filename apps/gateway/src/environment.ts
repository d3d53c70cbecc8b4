import { z } from 'zod';

const seconds = z.coerce.number().positive();
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()));

/** Every variable of the gateway; apps/gateway/README.md lists them for people. */
export const environment = z.object({
  PORT: z.coerce.number().int().min(0).default(4000),
  HOST: z.string().default('0.0.0.0'),
  HEALTH_PORT: z.coerce.number().int().min(0).default(4001),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATABASE_URL: z.url(),
  WORKER_DATABASE_URL: z.url(),
  DATABASE_POOL: z.coerce.number().int().min(2).default(10),
  NATS_URL: z.string().min(1),
  NATS_REPLICAS: z.coerce.number().int().min(1).default(1),
  JOB_ACK_WAIT_SECONDS: seconds.default(20),
  REDISPATCH_SECONDS: seconds.default(60),
  DISPATCH_POLL_SECONDS: seconds.default(2),
  SWEEP_SECONDS: z.coerce.number().min(0).default(600),
  BLOB_STORE_URL: z.url(),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
  PUBLIC_URL: z.url(),
  PORTAL_ORIGIN: list,
  ADDRESS_SIGNING_KEY: z.string().min(32, 'needs at least 32 characters'),
  LUCENCY_MODEL_DIR: z.string().optional(),
});
export type Environment = z.infer<typeof environment>;
