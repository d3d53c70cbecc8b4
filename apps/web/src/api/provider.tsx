'use client';

import { ApolloProvider } from '@apollo/client/react';
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { accessTokens } from './access-token';
import { apolloClient } from './client';
import { type Connection, type ConnectionState, connectionStore, initialConnection } from './connection';
import { useSessionElsewhere } from './session-elsewhere';

const ConnectionContext = createContext<Connection | null>(null);

type AskGateway = (path: string) => Promise<Response>;
const GatewayContext = createContext<AskGateway | null>(null);

export function ApiProvider({ gatewayUrl, children }: { gatewayUrl: string; children: ReactNode }) {
  const [{ client, connection, tokens, ask }] = useState(() => {
    const connection = connectionStore();
    const tokens = accessTokens({
      onSignedOut: () => connection.change({ session: 'ended' }),
      onSignInAway: (away) => {
        if (away) connection.change({ session: 'away' });
        else if (connection.read().session === 'away') connection.change({ session: 'good' });
      },
      onRefused: () => connection.change({ session: 'refused' }),
    });
    const ask: AskGateway = async (path) =>
      fetch(`${gatewayUrl}${path}`, {
        headers: { authorization: `Bearer ${await tokens.get()}` },
        credentials: 'omit',
      });
    return { connection, tokens, ask, client: apolloClient(gatewayUrl, tokens, connection) };
  });
  useSessionElsewhere(connection, tokens);
  return (
    <ConnectionContext value={connection}>
      <GatewayContext value={ask}>
        <ApolloProvider client={client}>{children}</ApolloProvider>
      </GatewayContext>
    </ConnectionContext>
  );
}

export function useConnection(): ConnectionState {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('useConnection needs ApiProvider above it');
  return useSyncExternalStore(connection.subscribe, connection.read, () => initialConnection);
}

/** Asks the gateway, in the person's name, for what is no GraphQL. */
export function useGateway(): AskGateway {
  const ask = useContext(GatewayContext);
  if (!ask) throw new Error('useGateway needs ApiProvider above it');
  return ask;
}
