import cors from '@fastify/cors';
import type { BlobStore } from '@lucency/blobs';
import type { Log } from '@lucency/messaging';
import fastify from 'fastify';
import type { Authenticator } from '../identity/authenticator.js';
import type { SchemaDeps } from '../schema/context.js';
import { schema } from '../schema/index.js';
import { ViewingCopies } from '../viewing/viewing-copies.js';
import { createErrorFormatter } from './errors/format-error.js';
import {
  answerError,
  answerUnparsed,
  refuseRequests,
  refuseWhileStopping,
} from './errors/refuse-requests.js';
import { type ArrivalLimits, limitArrival } from './limits/arrival.js';
import { CostBudget } from './limits/cost-budget.js';
import { keepLanes } from './limits/keep-lanes.js';
import { operationRules } from './limits/operation-rules.js';
import { observeRequests } from './observe-requests.js';
import { auditRoute } from './routes/audit-route.js';
import { graphqlHttp } from './routes/graphql-http.js';
import { imageRoute } from './routes/image-route.js';
import { RequestTokens } from './routes/request-token.js';
import { uploadRoute } from './routes/upload-route.js';
import { graphqlSocket } from './sockets/graphql-socket.js';

export interface ServerOptions {
  host: string;
  port: number;
  portalOrigins: readonly string[];
  authenticator: Authenticator;
  /** Whether anyone may ask for the schema. */
  introspection: boolean;
  schemaDeps: SchemaDeps;
  blobs: BlobStore;
  log: Log;
  /** The pace at which bodies must arrive; not told, that of production. */
  arrival?: ArrivalLimits;
}

export interface RunningServer {
  port: number;
  /** Answers work in flight and takes nothing new. */
  close(): Promise<void>;
}

/** About a hundred pages of the worklist a minute, or ten studies submitted and read each second. */
const budget = { burst: 60_000, perSecond: 2_000 };
const maxQueryBytes = 256 * 1024;

/** What a page of another origin may read of an answer besides its body and type. */
const exposedHeaders = ['retry-after', 'allow'];

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { schemaDeps, authenticator, blobs, log } = options;
  const server = fastify({
    bodyLimit: maxQueryBytes,
    // Of the whole request, which a slow line may need; headers have a minute, and bodies are watched as they arrive.
    requestTimeout: 0,
    routerOptions: { maxParamLength: 2_000 },
    http: { requireHostHeader: false },
    frameworkErrors: (error, request, reply) => answerError(log, error, request, reply),
    clientErrorHandler: answerUnparsed,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
  refuseRequests(server, log);
  const stopping = refuseWhileStopping(server);
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });
  observeRequests(server, schemaDeps.instruments);
  await server.register(cors, {
    origin: [...options.portalOrigins],
    methods: ['GET', 'POST', 'PUT'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'apollo-require-preflight',
      'x-apollo-operation-name',
      'traceparent',
    ],
    exposedHeaders,
    maxAge: 3_600,
    strictPreflight: false,
  });
  limitArrival(server, options.arrival);
  const tokens = new RequestTokens(authenticator);
  keepLanes(server, (request) => tokens.personOf(request));
  const { pool, addresses } = schemaDeps;
  uploadRoute(server, { pool, blobs, addresses });
  const copies = new ViewingCopies();
  server.addHook('onClose', async () => copies.close());
  imageRoute(server, { pool, blobs, addresses, copies });
  auditRoute(server, { pool, prisma: schemaDeps.prisma, authenticator, tokens });

  const graphql = {
    schema,
    schemaDeps,
    authenticator,
    budget: new CostBudget(budget),
    rules: operationRules({ introspection: options.introspection }),
    log,
    formatError: createErrorFormatter(log),
  };
  const apollo = await graphqlHttp(server, { ...graphql, tokens });
  const socket = graphqlSocket({
    ...graphql,
    server: server.server,
    allowedOrigins: options.portalOrigins,
  });
  await server.listen({ host: options.host, port: options.port });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: async () => {
      stopping.stop();
      await socket.close();
      await apollo.stop();
      await server.close();
    },
  };
}
