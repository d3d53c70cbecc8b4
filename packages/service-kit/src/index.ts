export {
  describeFaults,
  type EnvironmentFault,
  type EnvironmentReading,
  parseEnvironment,
  readEnvironment,
} from './environment.js';
export { type HealthOptions, type HealthServer, type NotReady, startHealthServer } from './health.js';
export {
  type LifecycleLog,
  type LifecycleOptions,
  runService,
  runUntilStopped,
  type Stoppable,
} from './lifecycle.js';
export { createLogger, type Logger, type LoggerOptions, type LogLevel } from './logger.js';
export { orphanWatch } from './orphan-watch.js';
export { serviceEnvironment } from './service-environment.js';
export * from './telemetry/index.js';
