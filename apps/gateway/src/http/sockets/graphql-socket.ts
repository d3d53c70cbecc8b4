import type { Server } from 'node:http';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { WebSocketServer } from 'ws';
import { whenFree } from '../../database/when-free.js';
import type { Viewer } from '../../identity/viewer.js';
import { ApiError } from '../../schema/api-error.js';
import { OperationContext } from '../../schema/context.js';
import { charge } from '../limits/operation-cost.js';
import type { GraphqlDeps } from '../routes/graphql-http.js';
import { AnsweringTurns } from './answering-turns.js';
import { executeEvents } from './execute-events.js';
import { OwnedSubscriptions } from './owned-subscriptions.js';
import { readSubscription } from './read-subscription.js';
import { type SocketExtra, serveSockets } from './serve-sockets.js';
import { Shares } from './shares.js';
import { closingFor, socketClosings } from './socket-closings.js';
import { socketAuthorization } from './socket-token.js';

export interface GraphqlSocketDeps extends GraphqlDeps {
  server: Server;
  /** Pages that may open a socket; programs send no Origin. */
  allowedOrigins: readonly string[];
}

export interface GraphqlSocket {
  close(): Promise<void>;
}

const maxSubscriptionsPerSocket = 20;
/** A program may watch each study on a socket of its own; a page has one for everything. */
const maxSockets = { person: 200, organization: 2_000 };
const maxSubscriptions = { person: 400, organization: 4_000 };
const retryAfterSeconds = 10;
const maxMessageBytes = 64 * 1024;
const maxIdLength = 128;
const longestTimerMs = 2 ** 31 - 1;

/** Who is on a socket, and what they have open there. */
interface Session {
  viewer: Viewer;
  owned: OwnedSubscriptions;
}

/** One subscription on its way through the library, which hands it on as the context. */
class SocketOperation {
  readonly context: OperationContext;
  readonly signal: AbortSignal;
  readonly onEnd: () => void;

  constructor(context: OperationContext, signal: AbortSignal, onEnd: () => void) {
    this.context = context;
    this.signal = signal;
    this.onEnd = onEnd;
  }
}

/** Subscriptions over WebSocket at /graphql, with the rules, the limits and the masking of HTTP. */
export function graphqlSocket(deps: GraphqlSocketDeps): GraphqlSocket {
  const { schema, schemaDeps, authenticator, budget, rules, formatError, log } = deps;
  const sockets = new WebSocketServer({
    server: deps.server,
    path: '/graphql',
    maxPayload: maxMessageBytes,
    verifyClient: ({ origin }: { origin?: string }) => !origin || deps.allowedOrigins.includes(origin),
  });
  const sessions = new WeakMap<object, Session>();
  const socketShares = new Shares(maxSockets);
  const subscriptionShares = new Shares(maxSubscriptions);
  const turns = new AnsweringTurns();

  const masked = (errors: readonly GraphQLError[]): GraphQLError[] =>
    errors.map((error) => {
      const { message, extensions } = formatError(error.toJSON(), error);
      const { path, nodes, source, positions } = error;
      return new GraphQLError(message, { path, nodes, source, positions, extensions: extensions ?? null });
    });

  /** Takes a socket for a person until it closes or the token ends. */
  const admit = ({ socket }: SocketExtra, viewer: Viewer): void => {
    const giveBack = socketShares.take(viewer);
    if (!giveBack) {
      socket.close(...socketClosings.tooManySockets);
      return;
    }
    const owned = new OwnedSubscriptions();
    sessions.set(socket, { viewer, owned });
    const leftMs = Math.min(Math.max(0, viewer.expiresAt - Date.now()), longestTimerMs);
    const timer = setTimeout(() => {
      // A client that never answers the close would keep them for half a minute yet.
      owned.close();
      socket.close(...socketClosings.tokenExpired);
    }, leftMs);
    socket.once('close', () => {
      clearTimeout(timer);
      owned.close();
      giveBack();
    });
  };

  /** @throws ApiError QUOTA */
  const begin = (
    { viewer, owned }: Session,
    id: string,
    live: object,
  ): { signal: AbortSignal; onEnd: () => void } => {
    // What was completed while it was set up: the library forgets it, and nobody waits for it.
    owned.endExcept((known) => known in live);
    if (Object.keys(live).length > maxSubscriptionsPerSocket) {
      throw new ApiError('QUOTA', 'Too many subscriptions on one connection.', retryAfterSeconds);
    }
    const giveBack = subscriptionShares.take(viewer);
    if (!giveBack) {
      const message = 'Too many subscriptions of you or your organization are open. End some of them.';
      throw new ApiError('QUOTA', message, retryAfterSeconds);
    }
    return {
      signal: owned.begin(id),
      onEnd: () => {
        owned.ended(id);
        giveBack();
      },
    };
  };

  const server = serveSockets(
    sockets,
    {
      onConnect: async ({ connectionParams, extra }) => {
        try {
          const authorization = socketAuthorization(connectionParams, extra.authorization);
          const token = await authenticator.verify(authorization);
          admit(extra, await whenFree(() => authenticator.lookUp(token)));
        } catch (error) {
          const closing = closingFor(error);
          if (!closing) throw error;
          extra.socket.close(...closing);
        }
        return true;
      },
      onSubscribe: ({ extra, subscriptions }, id, { query, operationName, variables }) => {
        const session = sessions.get(extra.socket);
        if (!session || session.viewer.expiresAt <= Date.now()) {
          extra.socket.close(...socketClosings.tokenExpired);
          return [new ApiError('UNAUTHENTICATED')];
        }
        if (id.length > maxIdLength) {
          extra.socket.close(...socketClosings.longId);
          return [new ApiError('BAD_REQUEST')];
        }
        // The library knows an id no more once its client completed it, though its subscription may still be ending.
        if (session.owned.has(id)) {
          extra.socket.close(...socketClosings.idInUse);
          return [new ApiError('BAD_REQUEST')];
        }
        try {
          const text = { query, operationName: operationName ?? undefined };
          const read = readSubscription(schema, rules, text);
          if ('errors' in read) return read.errors;
          const { document } = read;
          const context = new OperationContext(schemaDeps, session.viewer);
          charge(budget, context, { schema, document, variables: variables ?? {}, ...text }, '');
          const { signal, onEnd } = begin(session, id, subscriptions);
          return {
            schema,
            document,
            ...(variables && { variableValues: variables }),
            ...(operationName && { operationName }),
            contextValue: new SocketOperation(context, signal, onEnd),
          };
        } catch (error) {
          return [asGraphQLError(error)];
        }
      },
      subscribe: async (args) => {
        try {
          return await subscribe(args);
        } catch (error) {
          const isUnwanted = asSocketOperation(args.contextValue).signal.aborted;
          return isUnwanted ? nothing() : { errors: [asGraphQLError(error)] };
        }
      },
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors
          ? { ...result, errors: masked(result.errors).map((error) => error.toJSON()) }
          : undefined,
      onError: (_context, _id, _payload, errors) =>
        masked(errors.map(asGraphQLError)).map((error) => error.toJSON()),
    },
    log,
  );

  const subscribe = ({ schema, document, variableValues, operationName, contextValue }: ExecutionArgs) => {
    const { context, signal, onEnd } = asSocketOperation(contextValue);
    const { viewer } = context;
    return executeEvents({
      schema,
      document,
      variableValues: variableValues ?? null,
      operationName: operationName ?? null,
      context,
      renewContext: async () => new OperationContext(schemaDeps, await authenticator.lookUp(viewer)),
      inTurn: (work) => turns.take(viewer, work),
      signal,
      onEnd,
    });
  };

  const { instruments, hub } = schemaDeps;
  instruments.watch('lucency_sockets_open', () => [{ value: sockets.clients.size, labels: {} }]);
  instruments.watch('lucency_subscriptions_open', () => [{ value: hub.size, labels: {} }]);
  return server;
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError('failed', {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}

function asSocketOperation(value: unknown): SocketOperation {
  if (value instanceof SocketOperation) return value;
  throw new Error('a subscription without its context');
}

/** For a subscription that ended before it began. */
async function* nothing(): AsyncGenerator<never, void> {}
