import type { Server } from 'node:http';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { DatabaseBusy } from '../database/pool.js';
import { NotSignedIn } from '../identity/authenticator.js';
import type { Viewer } from '../identity/viewer.js';
import { executeEvents } from '../realtime/execute-events.js';
import { whenFree } from '../realtime/when-free.js';
import { ApiError } from '../schema/api-error.js';
import { OperationContext } from '../schema/context.js';
import type { GraphqlHttpDeps } from './graphql-http.js';
import { limitRules, maxTokens } from './limits.js';
import { charge } from './operation-cost.js';

export interface GraphqlSocketDeps extends GraphqlHttpDeps {
  server: Server;
  /** Pages that may open a socket; programs send no Origin. */
  allowedOrigins: readonly string[];
  /** The viewer with the rights of this moment. */
  renew: (viewer: Viewer) => Promise<Viewer>;
}

export interface GraphqlSocket {
  close(): Promise<void>;
}

const maxSubscriptionsPerSocket = 20;
const maxMessageBytes = 64 * 1024;
/** Private close codes of graphql-ws' range: the client signs in again and comes back. */
const tokenExpired = 4403;
/** Registered for WebSocket; clients of graphql-ws come back after it, as they do not after 4500. */
const tryAgainLater = 1013;

/** Subscriptions over WebSocket at /graphql, with the rules, the limits and the masking of HTTP. */
export function graphqlSocket(deps: GraphqlSocketDeps): GraphqlSocket {
  const { schema, schemaDeps, authenticate, renew, budget, formatError } = deps;
  const sockets = new WebSocketServer({
    server: deps.server,
    path: '/graphql',
    maxPayload: maxMessageBytes,
    verifyClient: ({ origin }: { origin?: string }) => !origin || deps.allowedOrigins.includes(origin),
  });
  const viewers = new WeakMap<object, Viewer>();
  const open = new WeakMap<object, number>();

  const masked = (errors: readonly GraphQLError[]): GraphQLError[] =>
    errors.map((error) => {
      const { message, extensions } = formatError(error.toJSON(), error);
      return new GraphQLError(message, {
        path: error.path,
        nodes: error.nodes,
        extensions: extensions ?? null,
      });
    });

  const disposable = useServer(
    {
      onConnect: async ({ connectionParams, extra }) => {
        const authorization = connectionParams?.authorization;
        try {
          const token = typeof authorization === 'string' ? authorization : undefined;
          const viewer = await whenFree(() => authenticate(token));
          viewers.set(extra.socket, viewer);
          const { socket } = extra;
          const timer = setTimeout(
            () => socket.close(tokenExpired, 'The access token has expired'),
            Math.min(viewer.expiresAt - Date.now(), 2 ** 31 - 1),
          );
          socket.once('close', () => clearTimeout(timer));
          return true;
        } catch (error) {
          if (error instanceof NotSignedIn) return false;
          if (error instanceof DatabaseBusy) {
            extra.socket.close(tryAgainLater, 'Too much is asked for at once');
            return false;
          }
          throw error;
        }
      },
      onSubscribe: ({ extra }, _id, { query, operationName, variables }) => {
        const viewer = viewers.get(extra.socket);
        try {
          if (!viewer) throw new NotSignedIn('MISSING_TOKEN');
          const document = readOperation(schema, query, operationName ?? undefined);
          if ('errors' in document) return masked(document.errors);
          if ((open.get(extra.socket) ?? 0) >= maxSubscriptionsPerSocket) {
            throw new ApiError('QUOTA', 'Too many subscriptions on one connection.');
          }
          const context = new OperationContext(schemaDeps, viewer);
          charge(budget, context, {
            schema,
            document,
            operationName: operationName ?? undefined,
            variables: variables ?? {},
          });
          open.set(extra.socket, (open.get(extra.socket) ?? 0) + 1);
          return {
            schema,
            document,
            ...(variables && { variableValues: variables }),
            ...(operationName && { operationName }),
            contextValue: context,
          };
        } catch (error) {
          return masked([asGraphQLError(error)]);
        }
      },
      onComplete: ({ extra }) => {
        open.set(extra.socket, Math.max(0, (open.get(extra.socket) ?? 0) - 1));
      },
      subscribe: async ({ schema, document, variableValues, operationName, contextValue }) =>
        executeEvents({
          schema,
          document,
          variableValues: variableValues ?? null,
          operationName: operationName ?? null,
          context: asOperationContext(contextValue),
          renewContext: async () =>
            new OperationContext(schemaDeps, await renew(asOperationContext(contextValue).viewer)),
        }),
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors
          ? { ...result, errors: masked(result.errors).map((error) => error.toJSON()) }
          : undefined,
      onError: (_context, _id, _payload, errors) =>
        masked(errors.map(asGraphQLError)).map((error) => error.toJSON()),
    },
    sockets,
    20_000,
  );
  schemaDeps.instruments.watch('lucency_sockets_open', () => [{ value: sockets.clients.size, labels: {} }]);
  return {
    close: async () => {
      for (const client of sockets.clients) client.close(1001, 'Going away');
      await disposable.dispose();
    },
  };
}

/** Parses and checks an operation; only subscriptions may come over the socket. */
function readOperation(
  schema: GraphQLSchema,
  query: string,
  operationName: string | undefined,
): DocumentNode | { errors: readonly GraphQLError[] } {
  const document = parse(query, { maxTokens });
  const errors = validate(schema, document, [...specifiedRules, ...limitRules], { hideSuggestions: true });
  if (errors.length > 0) return { errors };
  if (getOperationAST(document, operationName)?.operation !== 'subscription') {
    throw new ApiError('BAD_USER_INPUT', 'Only subscriptions are answered here; POST everything else.');
  }
  return document;
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError('failed', {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}

function asOperationContext(value: unknown): OperationContext {
  if (value instanceof OperationContext) return value;
  throw new Error('a subscription without its context');
}
