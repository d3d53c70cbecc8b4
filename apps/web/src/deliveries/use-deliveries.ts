import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { graphql } from '../gql';
import { type DeliveryFilters, type Place, toDeliveryFilter, toPage, whatFailed } from './filters';

const deliveriesQuery = graphql(`
  query Deliveries($first: Int, $after: String, $last: Int, $before: String, $filter: DeliveryFilter) {
    deliveries(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      edges {
        node {
          ...DeliveryLine
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`);

const failedDeliveries = graphql(`
  query FailedDeliveries($first: Int!, $filter: DeliveryFilter) {
    deliveries(first: $first, filter: $filter) {
      edges {
        node {
          id
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const soonMs = 5_000;
const calmMs = 30_000;
/** The gateway's largest page; of more it is said that there are more. */
const mostCounted = 100;

/** One page of the list, kept up to date while it is looked at: often as long as something of it waits. */
export function useDeliveries(filters: DeliveryFilters, place: Place) {
  const query = useQuery(deliveriesQuery, {
    variables: { ...toPage(place), filter: toDeliveryFilter(filters) },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    notifyOnNetworkStatusChange: true,
  });
  // While another page loads, the former one stays in sight; not when it could not be loaded.
  const connection = (query.data ?? (query.error ? undefined : query.previousData))?.deliveries;
  const deliveries = connection?.edges.map(({ node }) => node);
  const waits = deliveries?.some(({ state, destination }) => state === 'PENDING' && destination.enabled);
  const { startPolling, stopPolling } = query;
  useEffect(() => {
    startPolling(waits ? soonMs : calmMs);
    return stopPolling;
  }, [waits, startPolling, stopPolling]);
  return {
    deliveries,
    pageInfo: connection?.pageInfo,
    error: query.error,
    isLoading: query.loading && !query.data,
    retry: () => void query.refetch().catch(() => undefined),
  };
}

export interface FailedCount {
  count: number;
  hasMore: boolean;
}

/** How many deliveries were given up, of all sites that the person sees; undefined while that is not known. */
export function useFailedCount(): { failed: FailedCount | undefined; refetch(): void } {
  const { data, refetch } = useQuery(failedDeliveries, {
    variables: { first: mostCounted, filter: toDeliveryFilter(whatFailed) },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    pollInterval: calmMs,
  });
  return {
    failed: data && {
      count: data.deliveries.edges.length,
      hasMore: data.deliveries.pageInfo.hasNextPage,
    },
    refetch: () => void refetch().catch(() => undefined),
  };
}
