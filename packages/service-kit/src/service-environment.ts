import { z } from 'zod';

/** The variables that every service has; spread into its own schema. */
export const serviceEnvironment = {
  /** Where probes and metrics are answered; every address unless set. */
  HEALTH_HOST: z.string().optional(),
  /** 0 takes a free port. */
  HEALTH_PORT: z.coerce.number().int().min(0).default(0),
  /** Where traces go, over OTLP/HTTP, as in http://collector:4318; nowhere unless set. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** Share of traces that are kept; the same in every service, or traces have holes. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /**
   * How long stopping may take before the process ends all the same. Longer than the work in hand may take, and
   * shorter than whoever sends SIGTERM waits before SIGKILL: Kubernetes waits 30 s unless told otherwise.
   */
  STOP_SECONDS: z.coerce.number().positive().default(25),
};
