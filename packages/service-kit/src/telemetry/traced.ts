import {
  type Attributes,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { readTraceparent } from './traceparent.js';

/**
 * What spans may carry: a closed list, for they leave the platform. Ids are ours; nothing that a client wrote.
 */
export type SpanAttributes = Partial<
  Record<
    | 'lucency.kind'
    | 'lucency.priority'
    | 'lucency.outcome'
    | 'lucency.reason'
    | 'lucency.task_id'
    | 'lucency.fields'
    | 'lucency.tries'
    | 'http.route'
    | 'http.request.method'
    | 'http.response.status_code',
    string | number
  >
>;

export interface SpanOptions {
  kind?: 'internal' | 'server' | 'producer' | 'consumer';
  /** The trace to go on with, as it came from outside; that of the work in hand when left out. */
  traceparent?: string | null | undefined;
  /** Milliseconds since the epoch; now when left out. */
  startedAt?: number;
  attributes?: SpanAttributes;
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** One piece of work in a trace. */
export interface OpenSpan {
  note(attributes: SpanAttributes): void;
  /** Says that it failed; why is for the log, whose lines carry the trace. */
  failed(): void;
  /** Runs work as a part of it. */
  within<T>(work: () => T): T;
  end(): void;
}

/** Opens a span; whoever opens it ends it. */
export function openSpan(name: string, options: SpanOptions = {}): OpenSpan {
  const { kind = 'internal', traceparent, startedAt, attributes = {} } = options;
  const remote = traceparent === undefined ? undefined : readTraceparent(traceparent);
  const parent =
    traceparent === undefined
      ? context.active()
      : remote
        ? trace.setSpanContext(ROOT_CONTEXT, remote)
        : ROOT_CONTEXT;
  const span: Span = trace
    .getTracer('lucency')
    .startSpan(
      name,
      { kind: kinds[kind], attributes: plain(attributes), ...(startedAt && { startTime: startedAt }) },
      parent,
    );
  const inside = trace.setSpan(parent, span);
  return {
    note: (more) => void span.setAttributes(plain(more)),
    failed: () => void span.setStatus({ code: SpanStatusCode.ERROR }),
    within: (work) => context.with(inside, work),
    end: () => span.end(),
  };
}

/** Runs work as one span, which fails when the work throws. */
export async function traced<T>(
  name: string,
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  const span = openSpan(name, options);
  try {
    return await span.within(() => work(span));
  } catch (error) {
    span.failed();
    throw error;
  } finally {
    span.end();
  }
}

function plain(attributes: SpanAttributes): Attributes {
  return { ...attributes };
}
