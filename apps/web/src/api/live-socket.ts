import { type Client, createClient } from 'graphql-ws';
import type { AccessTokens } from './access-token';
import type { Connection } from './connection';

const longestWaitMs = 15_000;
const pingEveryMs = 12_000;
const pongWithinMs = 6_000;

/**
 * The WebSocket for subscriptions: opened with the first one, kept a while after the last, reconnected for
 * ever with a fresh token each time. A half-open connection is found by a ping without a pong.
 */
export function liveSocket(gatewayUrl: string, tokens: AccessTokens, connection: Connection): Client {
  let missingPong: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${gatewayUrl.replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => ({ authorization: `Bearer ${await tokens.get()}` }),
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => await waitOrOnline(waitMs(retries)),
    lazyCloseTimeout: 20_000,
    keepAlive: pingEveryMs,
    on: {
      connected: () => connection.change({ live: 'live', epoch: connection.read().epoch + 1 }),
      closed: (event) => {
        clearTimeout(missingPong);
        connection.change({ live: isNormalClosure(event) ? 'idle' : 'away' });
        // The gateway closes a socket whose token has ended; the next one must not carry it again.
        tokens.forget();
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

/** 0.5 s doubling to 15 s, half of it by chance so that a restarted gateway is not stormed. */
export function waitMs(retries: number, chance: () => number = Math.random): number {
  const most = Math.min(longestWaitMs, 500 * 2 ** Math.min(retries, 10));
  return most / 2 + (most / 2) * chance();
}

async function waitOrOnline(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
  });
}

function isNormalClosure(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && event.code === 1000;
}
