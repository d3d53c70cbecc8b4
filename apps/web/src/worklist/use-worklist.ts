import { NetworkStatus } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useStudiesChanged } from '../api/studies-changed';
import { graphql } from '../gql';
import { dependsOnReading, pageSize, toStudyFilter, type WorklistFilters } from './filters';

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

// The gateway's largest page: a longer list is read again up to here, the rest follows by "load more".
const largestPage = 100;
// However long a list was, this much of it comes back by itself.
const mostByItself = 500;
// However many studies change, the list is read again at most this often.
const refreshEveryMs = 1_500;

/** The list that the filters ask for, `rows` of it at least, kept up to date while it is looked at. */
export function useWorklist(filters: WorklistFilters, rows: number) {
  const client = useApolloClient();
  const selection = { filter: toStudyFilter(filters), orderBy: filters.order };
  const wanted = Math.min(mostByItself, rows);
  const first = useFirstOf(JSON.stringify(selection), Math.min(largestPage, wanted));
  const query = useQuery(studiesQuery, {
    variables: { first, ...selection },
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

  const shownRows = connection?.edges.length ?? 0;
  const hasMore = connection?.pageInfo.hasNextPage ?? false;
  const loadMore = async (first: number) => {
    const after = connection?.pageInfo.endCursor ?? null;
    await query.fetchMore({ variables: { first, after } }).catch(() => undefined);
  };
  // Piece by piece, as the address asks for more, and after reading again what fits on the largest page.
  const isShort = hasMore && shownRows < wanted && !query.error;
  const complete = useEffectEvent(() => void loadMore(Math.min(largestPage, wanted - shownRows)));
  useEffect(() => {
    if (isShort && shownRows > 0) complete();
  }, [isShort, shownRows]);

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
    hasMore,
    /** Whether as many rows are there as the address asks for, or all there are. */
    isComplete: connection !== undefined && !isShort,
    error: query.error,
    isLoading: query.loading && !query.data,
    /** Goes on with a list that is as long as one gets by itself, or longer. */
    loadMore: () => void (wanted === mostByItself && loadMore(pageSize)),
    isLoadingMore: query.networkStatus === NetworkStatus.fetchMore,
    retry,
  };
}

/** The value that came first with this key: what is loaded later is not asked for anew. */
function useFirstOf(key: string, value: number): number {
  const [first, setFirst] = useState({ key, value });
  if (first.key === key) return first.value;
  setFirst({ key, value });
  return value;
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
