import { type Client, createClient } from 'graphql-ws';
import type { AccessTokens } from './access-token';
import type { Connection } from './connection';
import { waitMs, waitOrOnline } from './waiting';

const pingEveryMs = 12_000;
const pongWithinMs = 6_000;
/** The gateway's word for a token that it does not take, or no longer. */
const tokenRefused = [4401, 4403];

/**
 * The WebSocket for subscriptions: opened with the first one, kept a while after the last, reconnected for
 * ever with a fresh token each time. A half-open connection is found by a ping without a pong.
 */
export function liveSocket(gatewayUrl: string, tokens: AccessTokens, connection: Connection): Client {
  let missingPong: ReturnType<typeof setTimeout> | undefined;
  let token = '';
  const client = createClient({
    url: `${gatewayUrl.replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => {
      token = await tokens.get();
      return { authorization: `Bearer ${token}` };
    },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => await waitOrOnline(waitMs(retries)),
    lazyCloseTimeout: 20_000,
    keepAlive: pingEveryMs,
    on: {
      connected: () => {
        connection.change({ live: 'live', epoch: connection.read().epoch + 1, session: 'good' });
      },
      closed: (event) => {
        clearTimeout(missingPong);
        const code = codeOf(event);
        connection.change({ live: code === 1000 ? 'idle' : 'away' });
        if (tokenRefused.includes(code)) tokens.refuse(token);
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

function codeOf(event: unknown): number {
  return typeof event === 'object' && event !== null && 'code' in event ? Number(event.code) : 0;
}
