import { NetworkStatus } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useStudiesChanged } from '../api/studies-changed';
import { graphql } from '../gql';
import { dependsOnReading, toStudyFilter, type WorklistFilters } from './filters';

const studiesQuery = graphql(`
  query Studies($first: Int!, $after: String, $filter: StudyFilter, $orderBy: StudyOrder) {
    studies(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      edges {
        cursor
        node {
          ...StudyLine
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      revision
    }
  }
`);

const pageSize = 25;
// The gateway's largest page: a longer list is read again up to here, the rest follows by "load more".
const largestPage = 100;
// However many studies change, the list is read again at most this often.
const refreshEveryMs = 1_500;

/** The list that the filters ask for, kept up to date while it is looked at. */
export function useWorklist(filters: WorklistFilters) {
  const client = useApolloClient();
  const selection = { filter: toStudyFilter(filters), orderBy: filters.order };
  const query = useQuery(studiesQuery, {
    variables: { first: pageSize, ...selection },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    notifyOnNetworkStatusChange: true,
  });
  // While another selection loads, the former list stays in sight; not when it could not be loaded.
  const connection = (query.data ?? (query.error ? undefined : query.previousData))?.studies;
  const shown = useRef(connection);
  shown.current = connection;

  const refresh = useThrottled(() => {
    const first = Math.min(largestPage, Math.max(pageSize, shown.current?.edges.length ?? 0));
    return (
      client
        .query({ query: studiesQuery, variables: { first, ...selection }, fetchPolicy: 'network-only' })
        // The banner says that updates are away; the next change or reconnect reads again.
        .catch(() => undefined)
    );
  }, refreshEveryMs);

  const retry = () => void query.refetch().catch(() => undefined);

  const since = useFirst(connection?.revision);
  useStudiesChanged({
    since,
    skip: since === undefined,
    onResync: () => (query.error ? retry() : refresh()),
    onChange: (studies) => {
      const known = new Set(shown.current?.edges.map(({ node }) => node.id));
      // A withdrawn study leaves the list.
      const moved = studies.some(({ id, withdrawal }) => !known.has(id) || withdrawal);
      if (moved || dependsOnReading(filters)) refresh();
    },
  });

  return {
    studies: connection?.edges.map(({ node }) => node),
    hasMore: connection?.pageInfo.hasNextPage ?? false,
    error: query.error,
    isLoading: query.loading && !query.data,
    isLoadingMore: query.networkStatus === NetworkStatus.fetchMore,
    retry,
    loadMore: () =>
      void query.fetchMore({ variables: { after: connection?.pageInfo.endCursor } }).catch(() => undefined),
  };
}

/** The first value that was not undefined. */
function useFirst<T>(value: T | undefined): T | undefined {
  const [first, setFirst] = useState(value);
  if (first === undefined && value !== undefined) setFirst(value);
  return first;
}

/** Runs `work` at once when it rested for `everyMs`, else once at the end of that time; never twice at once. */
function useThrottled(work: () => Promise<unknown>, everyMs: number): () => void {
  const latest = useRef(work);
  latest.current = work;
  const state = useRef({ busy: false, again: false, stopped: false });

  useEffect(() => {
    const current = state.current;
    current.stopped = false;
    return () => {
      current.stopped = true;
    };
  }, []);

  return useCallback(() => {
    const current = state.current;
    const run = async () => {
      if (current.busy) {
        current.again = true;
        return;
      }
      current.busy = true;
      await Promise.all([latest.current(), new Promise((resolve) => setTimeout(resolve, everyMs))]);
      current.busy = false;
      if (current.again && !current.stopped) {
        current.again = false;
        await run();
      }
    };
    void run();
  }, [everyMs]);
}
