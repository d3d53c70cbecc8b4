import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect } from 'react';
import { useStudiesChanged } from '../api/studies-changed';
import { studyLine } from '../api/study-parts';
import { isSettled } from '../findings/verdict';
import { graphql } from '../gql';
import type { Submission } from './submission';

const studiesById = graphql(`
  query StudiesById($ids: [ID!]!) {
    nodes(ids: $ids) {
      ...StudyLine
    }
  }
`);

// The answer to a submission can overtake the event about it and put an older state into the cache: look
// again soon, and then now and then while anything is open.
const firstLookMs = 1_200;
const laterLooksMs = 8_000;

/** Keeps the studies that were submitted on this page up to date until nothing more will happen to them. */
export function useSubmittedStudies(submissions: readonly Submission[]): void {
  const client = useApolloClient();
  const ids = submissions.flatMap(({ phase }) => (phase.at === 'submitted' ? [phase.studyId] : []));
  const key = ids.join(' ');

  const look = useCallback(() => {
    const open = key.split(' ').filter((id) => {
      if (!id) return false;
      const study = client.cache.readFragment({ fragment: studyLine, id: `Study:${id}` });
      return !study || !isSettled(study);
    });
    // A gateway takes a limited number of nodes at once; the rest has its turn at the next look.
    const asked = open.slice(0, 50);
    if (asked.length === 0) return;
    client
      .query({ query: studiesById, variables: { ids: asked }, fetchPolicy: 'network-only' })
      // The next look asks again.
      .catch(() => undefined);
  }, [client, key]);

  useEffect(() => {
    const soon = setTimeout(look, firstLookMs);
    const later = setInterval(look, laterLooksMs);
    return () => {
      clearTimeout(soon);
      clearInterval(later);
    };
  }, [look]);

  useStudiesChanged({ since: undefined, skip: false, onResync: look, onChange: () => undefined });
}
