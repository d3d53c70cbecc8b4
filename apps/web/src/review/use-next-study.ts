import { useApolloClient } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { nextToReview } from './review-documents';

/** Opens the most urgent study that waits for a review by this person. @returns whether there was another than this one. */
export function useNextStudy(current: string): () => Promise<boolean> {
  const client = useApolloClient();
  const router = useRouter();
  return async () => {
    const { data } = await client.query({ query: nextToReview, fetchPolicy: 'no-cache' });
    const next = data?.studies.edges.find(({ node }) => node.viewerCanReview && node.id !== current);
    if (!next) return false;
    router.push(`/studies/${encodeURIComponent(next.node.id)}`);
    return true;
  };
}
