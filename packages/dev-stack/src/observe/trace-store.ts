import { z } from 'zod';

const span = z.object({
  traceId: z.string(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  status: z.object({ code: z.number().optional() }).optional(),
});
/** The part of OTLP's JSON that a waterfall needs. */
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(
          z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) }),
        ),
      }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

export interface StoredSpan {
  service: string;
  name: string;
  /** Milliseconds since the epoch. */
  start: number;
  end: number;
  failed: boolean;
}

export interface StoredTrace {
  id: string;
  spans: StoredSpan[];
}

const kept = 200;
const errorStatus = 2;

/** The last traces, in memory. */
export class TraceStore {
  readonly #traces = new Map<string, StoredSpan[]>();

  /** Takes the body of an export. @throws when it is none. */
  take(body: unknown): void {
    for (const { resource, scopeSpans } of exported.parse(body).resourceSpans) {
      const name = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue;
      for (const each of scopeSpans.flatMap(({ spans }) => spans)) {
        const spans = this.#traces.get(each.traceId) ?? [];
        this.#traces.set(each.traceId, spans);
        spans.push({
          service: name ?? '',
          name: each.name,
          start: Number(each.startTimeUnixNano) / 1e6,
          end: Number(each.endTimeUnixNano) / 1e6,
          failed: each.status?.code === errorStatus,
        });
      }
    }
    for (const id of [...this.#traces.keys()].slice(0, -kept)) this.#traces.delete(id);
  }

  /** Newest first, each with its spans in order. */
  traces(): StoredTrace[] {
    return [...this.#traces]
      .map(([id, spans]) => ({ id, spans: spans.toSorted((a, b) => a.start - b.start) }))
      .reverse();
  }
}
