import { natsEnvironment } from '@lucency/messaging';
import { serviceEnvironment } from '@lucency/service-kit';
import { z } from 'zod';

const seconds = z.coerce.number().positive();
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()));

/** What gateway and coordinator have in common. */
const shared = {
  ...serviceEnvironment,
  HEALTH_PORT: serviceEnvironment.HEALTH_PORT.default(4001),
  ...natsEnvironment,
  BLOB_STORE_URL: z.url(),
};

const coordination = {
  NATS_REPLICAS: z.coerce.number().int().min(1).default(1),
  JOB_ACK_WAIT_SECONDS: seconds.default(20),
  REDISPATCH_SECONDS: seconds.default(60),
  DISPATCH_POLL_SECONDS: seconds.default(2),
  SWEEP_SECONDS: z.coerce.number().min(0).default(600),
  /** Directories of models, the one in use first; separated as in PATH. */
  LUCENCY_MODEL_DIR: z.string().optional(),
};
const workerDatabaseUrl = z.url();

/** Every variable of a coordinator in a process of its own; apps/gateway/README.md lists them for people. */
export const coordinatorEnvironment = z.object({
  ...shared,
  ...coordination,
  WORKER_DATABASE_URL: workerDatabaseUrl,
});
export type CoordinatorEnvironment = z.infer<typeof coordinatorEnvironment>;

/** Every variable of the gateway. */
export const environment = z
  .object({
    ...shared,
    PORT: z.coerce.number().int().min(0).default(4000),
    HOST: z.string().default('0.0.0.0'),
    /** Apart, somebody else dispatches, records and sweeps, and this process needs no right to. */
    COORDINATOR: z.enum(['inside', 'apart']).default('inside'),
    ...coordination,
    WORKER_DATABASE_URL: workerDatabaseUrl.optional(),
    /** A routine study that would wait longer is refused; STAT has twice as long. */
    ADMISSION_MAX_WAIT_SECONDS: seconds.default(7),
    DATABASE_URL: z.url(),
    DATABASE_POOL: z.coerce.number().int().min(2).default(10),
    OIDC_ISSUER: z.url(),
    OIDC_AUDIENCE: z.string().min(1),
    /** On, programs may ask for the schema; it lies in the repository for those that need it. */
    INTROSPECTION: z.enum(['on', 'off']).default('off'),
    PUBLIC_URL: z.url(),
    PORTAL_ORIGIN: list,
    ADDRESS_SIGNING_KEY: z.string().min(32, 'needs at least 32 characters'),
  })
  .refine(({ COORDINATOR, WORKER_DATABASE_URL }) => COORDINATOR === 'apart' || WORKER_DATABASE_URL, {
    path: ['WORKER_DATABASE_URL'],
    error: 'is needed by the coordinator inside',
    // Also beside other faults: all are told together.
    when: () => true,
  });
export type Environment = z.infer<typeof environment>;
