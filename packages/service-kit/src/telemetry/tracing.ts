import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';

export interface TracingOptions {
  service: string;
  /** Of an OTLP/HTTP collector, as in http://collector:4318. */
  endpoint: string;
  /** Share of traces that are kept, 0 to 1. */
  ratio: number;
  exportDelayMs?: number;
}

/**
 * Sends spans of this process to a collector from here on. @returns what sends the last ones and ends it; a collector
 * that is away costs spans and never work.
 */
export function startTracing({
  service,
  endpoint,
  ratio,
  exportDelayMs = 2_000,
}: TracingOptions): () => Promise<void> {
  // By the trace's id, so that every service keeps the same ones, and a client that marks all of its requests as
  // sampled cannot make us keep more.
  const share = new TraceIdRatioBasedSampler(ratio);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'lucency' }),
    sampler: new ParentBasedSampler({ root: share, remoteParentSampled: share }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 3_000 }),
        {
          scheduledDelayMillis: exportDelayMs,
        },
      ),
    ],
  });
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  trace.setGlobalTracerProvider(provider);
  return async () => {
    await provider.shutdown().catch(() => undefined);
    trace.disable();
    context.disable();
  };
}
