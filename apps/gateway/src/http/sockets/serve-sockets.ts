import type { Log } from '@lucency/messaging';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';

export interface SocketExtra {
  socket: WebSocket;
  /** Of the handshake. */
  authorization: string | undefined;
}

type Handlers = ServerOptions<Record<string, unknown>, SocketExtra>;

const pingEveryMs = 20_000;

/**
 * Speaks graphql-transport-ws on each socket. The library's own adapter writes errors to the console, with what clients
 * sent in them, and answers with their text.
 */
export function serveSockets(
  sockets: WebSocketServer,
  handlers: Handlers,
  log: Log,
): { close(): Promise<void> } {
  const protocol = makeServer(handlers);
  sockets.options.handleProtocols = handleProtocols;
  sockets.on('connection', (socket, request) => {
    const stopPings = keepAlive(socket);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => send(socket, data),
        close: (code, reason = '') => socket.close(code, shortened(reason)),
        onMessage: (receive) => {
          socket.on('message', (data) => {
            if (socket.readyState !== socket.OPEN) return;
            receive(String(data)).catch((error: unknown) => {
              if (socket.readyState !== socket.OPEN) return;
              // A message that servers send and clients must not.
              if (error instanceof Error && error.message.startsWith('Unexpected message of type')) {
                socket.close(CloseCode.BadRequest, 'Invalid message received');
                return;
              }
              log.error({ error }, 'a message on a socket failed');
              socket.close(CloseCode.InternalServerError, 'Something went wrong on our side');
            });
          });
        },
      },
      { socket, authorization: request.headers.authorization },
    );
    // Broken frames and resets; the socket closes by itself then.
    socket.on('error', () => undefined);
    socket.once('close', (code, reason) => {
      stopPings();
      closed(code, String(reason)).catch((error: unknown) => log.error({ error }, 'closing a socket failed'));
    });
  });
  return {
    close: async () => {
      for (const client of sockets.clients) client.close(1001, 'Going away');
      sockets.removeAllListeners();
      await new Promise<void>((resolve, reject) => {
        sockets.close((error) => (error ? reject(error) : resolve()));
      });
    },
  };
}

function send(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(data, (error) => (error && socket.readyState === socket.OPEN ? reject(error) : resolve()));
  });
}

/** A close frame holds 123 bytes; a reason of the protocol may quote an id that is longer. */
function shortened(reason: string): string {
  return Buffer.from(reason).subarray(0, 120).toString();
}

function keepAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingEveryMs);
  return () => clearInterval(timer);
}
