import { skipToken, useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import { useConnection } from '../api/provider';
import { useRestart } from '../api/restart';
import { checkOf } from './heatmap-check';
import { studyChanged, studyQuery } from './study-documents';

// A check that leaves the heatmap as it is makes no event: most studies are looked at by nobody then.
const lookForCheckMs = 2_500;
const lookForOldCheckMs = 30_000;

/** A study, kept up to date. `study` is null when there is none that this person may know of. */
export function useStudy(id: string) {
  const query = useQuery(studyQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const study = query.data?.study;
  const found = !!study;
  const check = study ? checkOf(study) : 'none';
  useEffect(() => {
    if (check === 'none') return;
    query.startPolling(check === 'soon' ? lookForCheckMs : lookForOldCheckMs);
    return query.stopPolling;
  }, [check, query.startPolling, query.stopPolling]);
  // Its first event is the study as it is then, so nothing is missed between the query and this.
  const { error, restart } = useSubscription(
    studyChanged,
    found ? { variables: { id }, onComplete: () => restartSoon() } : skipToken,
  );
  const restartSoon = useRestart(error, restart);

  const refetch = () => query.refetch().catch(() => undefined);
  const readAgain = useEffectEvent(() => void refetch());
  const { epoch } = useConnection();
  useEffect(() => {
    if (epoch > 1) readAgain();
  }, [epoch]);

  return {
    study,
    error: query.error,
    isLoading: query.loading,
    refetch,
  };
}
