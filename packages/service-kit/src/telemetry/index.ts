export { Instruments, noInstruments, type Sample } from './instruments.js';
export { jobWatch } from './job-watch.js';
export {
  type LabelsOf,
  type MetricDefinition,
  type MetricName,
  type MetricOf,
  metricList,
  rootField,
} from './metric-list.js';
export { startTelemetry, type Telemetry, type TelemetryEnvironment } from './start-telemetry.js';
export { blobCalls, watchNats } from './surroundings.js';
export { type OpenSpan, openSpan, type SpanAttributes, type SpanOptions, traced } from './traced.js';
export { currentTraceparent, readTraceparent } from './traceparent.js';
