import { type Instruments, type LabelsOf, type OpenSpan, openSpan } from '@lucency/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Labels = LabelsOf<'lucency_http_duration_seconds'>;

const routes: Record<string, Labels['route']> = {
  '/graphql': 'graphql',
  '/uploads/:token': 'upload',
  '/images/:token': 'image',
};

/** Measures every request, and goes on with the trace that its client began. */
export function observeRequests(server: FastifyInstance, instruments: Instruments): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  server.addHook('onRequest', async (request) => {
    // A preflight is the browser's own; the request that follows has the trace.
    if (request.method === 'OPTIONS') return;
    const { traceparent } = request.headers;
    // The route's pattern: the address itself holds a token that opens an image.
    const route = request.routeOptions.url ?? 'other';
    const span = openSpan(`${request.method} ${route}`, {
      kind: 'server',
      traceparent: typeof traceparent === 'string' ? traceparent : null,
      attributes: { 'http.route': route, 'http.request.method': request.method },
    });
    spans.set(request, span);
  });
  // Not sooner: reading a body leaves the context it was asked in.
  server.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) span.within(done);
    else done();
  });
  server.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    if (!span) return;
    span.note({ 'http.response.status_code': reply.statusCode });
    if (outcomeOf(reply) === 'error') span.failed();
    span.end();
    instruments.observe('lucency_http_duration_seconds', reply.elapsedTime / 1000, {
      route: routes[request.routeOptions.url ?? ''] ?? 'other',
      outcome: outcomeOf(reply),
    });
  });
}

/** 503 is BUSY, which is an answer: the client is told when to come back. */
function outcomeOf({ statusCode }: FastifyReply): Labels['outcome'] {
  if (statusCode >= 500 && statusCode !== 503) return 'error';
  return statusCode >= 400 ? 'refused' : 'ok';
}
