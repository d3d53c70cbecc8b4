import { useMutation, useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { sentenceFor } from '../api/failure';
import { useNow } from '../findings/now';
import type { DeliveryLineFragment } from '../gql/graphql';
import { lastTest, testDestination } from './destination-documents';

export interface LastTest {
  /** The latest test; null where there was none, undefined while that is not known. */
  test: DeliveryLineFragment | null | undefined;
  isRunning: boolean;
  /** Why a test could not be asked for. */
  problem: string | undefined;
  run(): Promise<void>;
}

const soonMs = 1_000;
const calmMs = 10_000;
/** A test that nobody has taken by then is not watched every second any more. */
const patienceMs = 60_000;

/** The latest test of a destination, followed until it is over. */
export function useLastTest(destinationId: string): LastTest {
  const query = useQuery(lastTest, {
    variables: { destinationId },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const [ask, { loading }] = useMutation(testDestination);
  const [problem, setProblem] = useState<string>();
  const test = query.data && (query.data.deliveries.edges[0]?.node ?? null);
  const isPending = test?.state === 'PENDING';
  const isLate = useNow() - Date.parse(test?.createdAt ?? '') > patienceMs;
  const { startPolling, stopPolling } = query;
  useEffect(() => {
    if (!isPending) return;
    startPolling(isLate ? calmMs : soonMs);
    return stopPolling;
  }, [isPending, isLate, startPolling, stopPolling]);
  return {
    test,
    isRunning: loading || (isPending && !isLate),
    problem,
    run: async () => {
      setProblem(undefined);
      try {
        const { data } = await ask({ variables: { input: { destinationId } } });
        const result = data?.testDestination;
        if (result?.__typename === 'DeliveryPayload') await query.refetch();
        else setProblem(result?.message ?? 'The test could not be asked for. Try again.');
      } catch (error) {
        setProblem(sentenceFor(error));
      }
    },
  };
}
