import { skipToken, useSubscription } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import { graphql } from '../gql';
import type { StudyLineFragment } from '../gql/graphql';
import { useConnection } from './provider';
import { useRestart } from './restart';

const studiesChanged = graphql(`
  subscription StudiesChanged($since: String) {
    studiesChanged(since: $since) {
      revision
      resync
      studies {
        ...StudyLine
      }
    }
  }
`);

export interface StudiesFollower {
  /** The revision of what is shown; undefined where nothing is shown yet that could be behind. */
  since: string | undefined;
  skip: boolean;
  onChange(studies: StudyLineFragment[]): void;
  /** Changes may have been missed: read again what is shown. */
  onResync(): void;
}

/**
 * Follows the studies that the person may see. Known studies change by themselves in the cache; the
 * follower handles new ones and gaps. Ends never: after an error it starts again.
 */
export function useStudiesChanged({ since, skip, onChange, onResync }: StudiesFollower): void {
  const { epoch } = useConnection();
  const handleResync = useEffectEvent(onResync);

  const { error, restart } = useSubscription(
    studiesChanged,
    skip
      ? skipToken
      : {
          variables: { since: since ?? null },
          onComplete: () => restartSoon(),
          onData: ({ data: { data } }) => {
            if (!data) return;
            if (data.studiesChanged.resync) onResync();
            onChange(data.studiesChanged.studies);
          },
        },
  );
  const restartSoon = useRestart(error, restart);

  // The socket subscribes again by itself after a reconnect, with the `since` of the beginning; reading
  // again costs one small query and closes the gap whatever that event says.
  useEffect(() => {
    if (epoch > 1 && !skip) handleResync();
  }, [epoch, skip]);
}
