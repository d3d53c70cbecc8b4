import type { IncomingMessage, ServerResponse } from 'node:http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { Instruments } from './instruments.js';
import { watchProcess } from './process-metrics.js';
import { startTracing } from './tracing.js';

/** What of the service's environment telemetry goes by. */
export interface TelemetryEnvironment {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  OTEL_TRACES_SAMPLER_ARG: number;
}

export interface Telemetry {
  instruments: Instruments;
  /** Answers a scrape in Prometheus' text format; for the health server. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void;
  /** Sends the last spans. */
  stop(): Promise<void>;
}

/** Metrics always, traces when a collector is named. */
export function startTelemetry(service: string, environment: TelemetryEnvironment): Telemetry {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const provider = new MeterProvider({ readers: [exporter] });
  const instruments = new Instruments(provider.getMeter('lucency'));
  const stopWatching = watchProcess(instruments);
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = environment;
  const stopTracing = endpoint ? startTracing({ service, endpoint, ratio }) : async () => undefined;
  return {
    instruments,
    serveMetrics: (request, response) => exporter.getMetricsRequestHandler(request, response),
    stop: async () => {
      stopWatching();
      await Promise.all([stopTracing(), provider.shutdown()]);
    },
  };
}
