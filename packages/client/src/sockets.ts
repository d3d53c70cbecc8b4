import { type Client, createClient } from 'graphql-ws/client';
import { errorOf, LucencyError } from './errors.js';
import { dataOf, type Operation } from './operations.js';
import type { TokenSource } from './tokens.js';

/** What graphql-ws opens: the platform's own WebSocket, or that of the package `ws`. */
export type WebSocketConstructor = new (url: string, protocols?: string | string[]) => object;

/** Subscriptions that one socket may carry. */
const perSocket = 20;
const pingEveryMs = 12_000;
const pongWithinMs = 6_000;
/** How the API closes a socket whose token it does not take, or no longer. */
const tokenRefused = 4403;

interface Socket {
  client: Client;
  subscriptions: number;
}

/** Subscriptions over as few sockets as may carry them; a socket ends with its last subscription. */
export class Sockets {
  readonly #url: string;
  readonly #token: TokenSource;
  readonly #webSocket: WebSocketConstructor | null | undefined;
  readonly #open = new Set<Socket>();
  #refusedToken: string | undefined;

  constructor(endpoint: string, token: TokenSource, webSocket: WebSocketConstructor | null | undefined) {
    this.#url = endpoint.replace(/^http/, 'ws');
    this.#token = token;
    this.#webSocket = webSocket;
  }

  /** Events until the subscription or the signal ends them. @throws LucencyError UNREACHABLE where the socket closed */
  async *subscribe<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Result, void, undefined> {
    signal?.throwIfAborted();
    const socket = this.#socketWithRoom();
    const events = socket.client.iterate({ query: String(operation), variables: { ...variables } });
    const stop = () => void events.return?.();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const event of events) yield dataOf<Result>(event);
      signal?.throwIfAborted();
    } catch (reason) {
      signal?.throwIfAborted();
      throw failureOf(reason);
    } finally {
      signal?.removeEventListener('abort', stop);
      await events.return?.();
      socket.subscriptions -= 1;
      if (socket.subscriptions === 0) this.#open.delete(socket);
    }
  }

  #socketWithRoom(): Socket {
    if (!this.#webSocket) throw new LucencyError('UNREACHABLE', 'This platform has no WebSocket.');
    let socket = [...this.#open].find(({ subscriptions }) => subscriptions < perSocket);
    if (!socket) {
      socket = { client: this.#connect(this.#webSocket), subscriptions: 0 };
      this.#open.add(socket);
    }
    socket.subscriptions += 1;
    return socket;
  }

  /** A half-open connection is found by a ping without a pong. */
  #connect(webSocketImpl: WebSocketConstructor): Client {
    let missingPong: ReturnType<typeof setTimeout> | undefined;
    let token = '';
    const client = createClient({
      url: this.#url,
      webSocketImpl,
      retryAttempts: 0,
      keepAlive: pingEveryMs,
      connectionParams: async () => {
        token = await this.#token(this.#refusedToken);
        this.#refusedToken = undefined;
        return { authorization: `Bearer ${token}` };
      },
      on: {
        closed: (event) => {
          clearTimeout(missingPong);
          if (codeOf(event) === tokenRefused) this.#refusedToken = token;
        },
        ping: (received) => {
          if (!received) missingPong = setTimeout(() => client.terminate(), pongWithinMs);
        },
        pong: (received) => {
          if (received) clearTimeout(missingPong);
        },
      },
    });
    return client;
  }
}

/** Errors of the API come as a list; a socket that closed, as its event, which holds the whole socket. */
function failureOf(reason: unknown): LucencyError {
  if (reason instanceof LucencyError) return reason;
  if (Array.isArray(reason)) {
    const [first] = reason;
    const { code, retryAfterSeconds } = first?.extensions ?? {};
    return errorOf(code, first?.message, { retryAfterSeconds });
  }
  const code = codeOf(reason);
  if (code === tokenRefused) return new LucencyError('UNAUTHENTICATED', 'The token was refused.');
  return new LucencyError('UNREACHABLE', `The socket closed${code ? ` with ${code}` : ''}.`);
}

function codeOf(event: unknown): number | undefined {
  if (typeof event !== 'object' || event === null || !('code' in event)) return undefined;
  return typeof event.code === 'number' ? event.code : undefined;
}
