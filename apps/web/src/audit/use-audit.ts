import { useQuery } from '@apollo/client/react';
import { graphql } from '../gql';
import { type AuditFilters, pageSize, toAuditFilter } from './filters';

const auditQuery = graphql(`
  query Audit($first: Int!, $after: String, $filter: AuditFilter) {
    audit(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          ...AuditLine
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }

  fragment AuditLine on AuditEntry {
    id
    at
    action
    part
    number
    studyId
    person {
      id
      name
    }
    site {
      id
      name
    }
    details {
      name
      value
    }
  }
`);

/** One page of the trail, read anew whenever it is opened. */
export function useAudit(filters: AuditFilters, after: string | null) {
  const query = useQuery(auditQuery, {
    variables: { first: pageSize, after, filter: toAuditFilter(filters) },
    fetchPolicy: 'network-only',
    notifyOnNetworkStatusChange: true,
  });
  // While another page loads, the former one stays in sight; not when it could not be loaded.
  const connection = (query.data ?? (query.error ? undefined : query.previousData))?.audit;
  return {
    entries: connection?.edges.map(({ node }) => node),
    next: connection?.pageInfo.hasNextPage ? (connection.pageInfo.endCursor ?? null) : null,
    error: query.error,
    isLoading: query.loading,
    retry: () => void query.refetch().catch(() => undefined),
  };
}
