import { skipToken, useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import { useConnection } from '../api/provider';
import { useRestart } from '../api/restart';
import { studyChanged, studyQuery } from './study-documents';

/** A study, kept up to date. `study` is null when there is none that this person may know of. */
export function useStudy(id: string) {
  const query = useQuery(studyQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const found = !!query.data?.study;
  // Its first event is the study as it is then, so nothing is missed between the query and this.
  const { error, restart } = useSubscription(
    studyChanged,
    found ? { variables: { id }, onComplete: () => restartSoon() } : skipToken,
  );
  const restartSoon = useRestart(error, restart);

  const refetch = () => void query.refetch().catch(() => undefined);
  const readAgain = useEffectEvent(refetch);
  const { epoch } = useConnection();
  useEffect(() => {
    if (epoch > 1) readAgain();
  }, [epoch]);

  return {
    study: query.data?.study,
    error: query.error,
    isLoading: query.loading,
    refetch,
  };
}
