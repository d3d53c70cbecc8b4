'use client';

import { ApolloProvider } from '@apollo/client/react';
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { accessTokens } from './access-token';
import { apolloClient } from './client';
import { type Connection, type ConnectionState, connectionStore, initialConnection } from './connection';
import { useSessionElsewhere } from './session-elsewhere';

const ConnectionContext = createContext<Connection | null>(null);

export function ApiProvider({ gatewayUrl, children }: { gatewayUrl: string; children: ReactNode }) {
  const [{ client, connection, tokens }] = useState(() => {
    const connection = connectionStore();
    const tokens = accessTokens({
      onSignedOut: () => connection.change({ session: 'ended' }),
      onSignInAway: (away) => {
        if (away) connection.change({ session: 'away' });
        else if (connection.read().session === 'away') connection.change({ session: 'good' });
      },
      onRefused: () => connection.change({ session: 'refused' }),
    });
    return { connection, tokens, client: apolloClient(gatewayUrl, tokens, connection) };
  });
  useSessionElsewhere(connection, tokens);
  return (
    <ConnectionContext value={connection}>
      <ApolloProvider client={client}>{children}</ApolloProvider>
    </ConnectionContext>
  );
}

export function useConnection(): ConnectionState {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error('useConnection needs ApiProvider above it');
  return useSyncExternalStore(connection.subscribe, connection.read, () => initialConnection);
}
