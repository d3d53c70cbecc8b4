import type { JsMsg } from '@nats-io/jetstream';
import { headers, type MsgHdrs } from '@nats-io/transport-node';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const name = 'traceparent';

/** Publish options that carry a trace; none outside of any. */
export function withTrace(traceparent: string | null): { headers?: MsgHdrs } {
  if (!traceparent) return {};
  const carried = headers();
  carried.set(name, traceparent);
  return { headers: carried };
}

export function traceOf(message: JsMsg): string | null {
  return message.headers?.get(name) || null;
}
