import { isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api';

/** version 00: https://www.w3.org/TR/trace-context/#traceparent-header. Later versions may only add to the end. */
const shape = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;

/** Reads a `traceparent`; undefined for anything that is none, whoever sent it. */
export function readTraceparent(text: string | null | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = shape.exec(text ?? '') ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(found) ? found : undefined;
}

/** The `traceparent` of the work in hand, for a message, a row or a request; null outside of any trace. */
export function currentTraceparent(): string | null {
  const here = trace.getActiveSpan()?.spanContext();
  if (!here || !isSpanContextValid(here)) return null;
  return `00-${here.traceId}-${here.spanId}-${(here.traceFlags & 0xff).toString(16).padStart(2, '0')}`;
}
