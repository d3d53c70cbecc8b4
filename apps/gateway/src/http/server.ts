import cors from '@fastify/cors';
import type { BlobStore } from '@lucency/blobs';
import type { Log } from '@lucency/messaging/nats';
import fastify from 'fastify';
import { DatabaseBusy } from '../database/pool.js';
import type { Authenticate } from '../identity/authenticator.js';
import type { Viewer } from '../identity/viewer.js';
import type { SchemaDeps } from '../schema/context.js';
import { schema } from '../schema/index.js';
import { ViewingCopies } from '../viewing/viewing-copies.js';
import { busy, busyCode } from './busy.js';
import { CostBudget } from './cost-budget.js';
import { createErrorFormatter } from './format-error.js';
import { graphqlHttp } from './graphql-http.js';
import { graphqlSocket } from './graphql-socket.js';
import { imageRoute } from './image-route.js';
import { keepLanes } from './keep-lanes.js';
import { observeRequests } from './observe-requests.js';
import { problem } from './problem.js';
import { uploadRoute } from './upload-route.js';

export interface ServerOptions {
  host: string;
  port: number;
  portalOrigins: readonly string[];
  authenticate: Authenticate;
  renew: (viewer: Viewer) => Promise<Viewer>;
  schemaDeps: SchemaDeps;
  blobs: BlobStore;
  log: Log;
}

export interface RunningServer {
  port: number;
  /** Answers what is in hand and takes nothing new. */
  close(): Promise<void>;
}

/** About a hundred pages of the worklist a minute, or ten studies submitted and read each second. */
const budget = { burst: 60_000, perSecond: 2_000 };
const maxQueryBytes = 256 * 1024;
const requestTimeoutMs = 120_000;

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { schemaDeps, authenticate, blobs, log } = options;
  const server = fastify({
    bodyLimit: maxQueryBytes,
    requestTimeout: requestTimeoutMs,
    routerOptions: { maxParamLength: 2_000 },
    forceCloseConnections: 'idle',
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof DatabaseBusy) {
      const { message, retryAfter } = busy();
      return problem(reply.header('retry-after', retryAfter), 503, busyCode, message);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return problem(reply, status, 'BAD_REQUEST', 'This request cannot be understood.');
    log.error({ error }, 'a request failed');
    return problem(reply, 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side. Try again.');
  });
  server.setNotFoundHandler((_request, reply) => problem(reply, 404, 'NOT_FOUND', 'There is nothing here.'));
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });
  observeRequests(server, schemaDeps.instruments);
  await server.register(cors, {
    origin: [...options.portalOrigins],
    methods: ['GET', 'POST', 'PUT'],
    allowedHeaders: ['authorization', 'content-type', 'apollo-require-preflight', 'traceparent'],
    maxAge: 3_600,
  });
  keepLanes(server);
  const { pool, addresses } = schemaDeps;
  uploadRoute(server, { pool, blobs, addresses });
  const copies = new ViewingCopies();
  server.addHook('onClose', async () => copies.close());
  imageRoute(server, { pool, blobs, addresses, copies });

  const graphql = {
    schema,
    schemaDeps,
    authenticate,
    budget: new CostBudget(budget),
    formatError: createErrorFormatter(log),
  };
  const apollo = await graphqlHttp(server, graphql);
  const socket = graphqlSocket({
    ...graphql,
    server: server.server,
    allowedOrigins: options.portalOrigins,
    renew: options.renew,
  });
  await server.listen({ host: options.host, port: options.port });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: async () => {
      await socket.close();
      await apollo.stop();
      await server.close();
    },
  };
}
