'use client';

import { useQuery } from '@apollo/client/react';
import { IconClockExclamation, IconPlugConnectedX } from '@tabler/icons-react';
import { graphql } from '../gql';
import classes from './banner.module.css';
import { keepingUp } from './keeping-up';

const pollMs = 15_000;

const readingServiceQuery = graphql(`
  query ReadingService {
    readingService {
      state
      oldestWaitingSeconds
    }
  }
`);

/** Says when the AI is behind or away, so that nobody waits for an answer that is not coming soon. */
export function ReadingServiceBanner() {
  const { data } = useQuery(readingServiceQuery, { pollInterval: pollMs, fetchPolicy: 'no-cache' });
  const message = data && keepingUp(data.readingService);
  if (!message) return null;
  const Icon = data.readingService.state === 'AWAY' ? IconPlugConnectedX : IconClockExclamation;
  return (
    <div role="status" className={classes.banner}>
      <Icon size={18} aria-hidden />
      <span>{message}</span>
    </div>
  );
}
