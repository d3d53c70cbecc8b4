'use client';

import { ApolloProvider } from '@apollo/client/react';
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { accessTokens } from './access-token';
import { apolloClient } from './client';
import { type Connection, type ConnectionState, connectionStore, initialConnection } from './connection';

const ConnectionContext = createContext<Connection | null>(null);

export function ApiProvider({ gatewayUrl, children }: { gatewayUrl: string; children: ReactNode }) {
  const [{ client, connection }] = useState(() => {
    const connection = connectionStore();
    const tokens = accessTokens(() => connection.change({ signedOut: true }));
    return { connection, client: apolloClient(gatewayUrl, tokens, connection) };
  });
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
