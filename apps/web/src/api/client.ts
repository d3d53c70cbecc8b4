import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  HttpLink,
  InMemoryCache,
  ServerError,
} from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode } from 'graphql';
import { from, switchMap } from 'rxjs';
import type { AccessTokens } from './access-token';
import type { Connection } from './connection';
import { liveSocket } from './live-socket';
import { traceLink } from './trace-link';

/** A gateway that takes the connection and never answers is as good as away; the page then says so. */
const answerDeadlineMs = 20_000;

const fetchInTime: typeof fetch = (input, init) => {
  const deadline = AbortSignal.timeout(answerDeadlineMs);
  return fetch(input, {
    ...init,
    signal: init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline,
  });
};

/** Queries and mutations over HTTP, subscriptions over one WebSocket, all with the person's token. */
export function apolloClient(gatewayUrl: string, tokens: AccessTokens, connection: Connection): ApolloClient {
  const http = ApolloLink.from([
    traceLink(),
    renewRefusedToken(tokens),
    new SetContextLink(async ({ headers }) => {
      const token = await tokens.get();
      return {
        token,
        headers: { ...headers, authorization: `Bearer ${token}`, 'apollo-require-preflight': 'true' },
      };
    }),
    new HttpLink({ uri: `${gatewayUrl}/graphql`, credentials: 'omit', fetch: fetchInTime }),
  ]);
  return new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(liveSocket(gatewayUrl, tokens, connection)),
      http,
    ),
    cache: new InMemoryCache({
      possibleTypes: {
        Error: [
          'InputError',
          'NotFoundError',
          'ConflictError',
          'UploadError',
          'StateError',
          'QuotaError',
          'BusyError',
        ],
      },
      typePolicies: {
        Query: { fields: { studies: relayStylePagination(['filter', 'orderBy']) } },
      },
    }),
    devtools: { enabled: false },
  });
}

/** A token can be refused before its time (keys rotated, rights withdrawn): have it renewed, once. */
function renewRefusedToken(tokens: AccessTokens): ApolloLink {
  return new ErrorLink(({ error, operation, forward }) => {
    if (!isTokenRefused(error)) return;
    const { token, tokenRenewed } = operation.getContext();
    if (typeof token === 'string') tokens.refuse(token);
    if (tokenRenewed) return;
    operation.setContext({ tokenRenewed: true });
    return from(tokens.get()).pipe(switchMap(() => forward(operation)));
  });
}

function isTokenRefused(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode === 401;
  return (
    CombinedGraphQLErrors.is(error) &&
    error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')
  );
}
