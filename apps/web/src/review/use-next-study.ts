import { useApolloClient } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { claimStudy, nextToReview } from './review-documents';

/**
 * Claims and opens the most urgent study that waits for a review by this person and that nobody else reads.
 * @param current the one that is open, if any
 * @returns whether there was another
 */
export function useNextStudy(current: string | null): () => Promise<boolean> {
  const client = useApolloClient();
  const router = useRouter();
  return async () => {
    const { data } = await client.query({ query: nextToReview, fetchPolicy: 'no-cache' });
    const nodes = data?.studies.edges.map(({ node }) => node) ?? [];
    for (const { id, viewerCanReview } of nodes) {
      if (!viewerCanReview || id === current) continue;
      const claimed = await client.mutate({
        mutation: claimStudy,
        variables: { input: { studyId: id } },
      });
      // Somebody was quicker.
      if (claimed.data?.claimStudy.__typename !== 'ClaimStudyPayload') continue;
      router.push(`/studies/${encodeURIComponent(id)}`);
      return true;
    }
    return false;
  };
}
