import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import type { StudyDetailFragment } from '../gql/graphql';
import { claimStudy, releaseStudy } from './review-documents';

/** A third of the time after which a claim lapses, so that one lost answer costs nobody their study. */
const claimAgainMs = 5 * 60_000;

/**
 * Claims a study that is opened from what waits for a review, claims it again while its reader works on the page, and lets
 * go of it when they leave. A page that nobody touches loses its claim.
 * @param isToReview whether it was opened from what waits for a review
 */
export function useClaim(study: StudyDetailFragment, isToReview: () => boolean): void {
  const client = useApolloClient();
  const { id, claim, viewerCanReview } = study;
  const isOpen = viewerCanReview && study.reviews.length === 0;
  const wants = isOpen && (claim?.viewerHolds === true || isToReview());
  const doClaim = useEffectEvent(() => {
    // Refused where somebody was quicker: the page then says who.
    client.mutate({ mutation: claimStudy, variables: { input: { studyId: id } } }).catch(() => undefined);
  });
  useEffect(() => {
    if (!wants) return;
    let claimedAt = Date.now();
    doClaim();
    const onWork = () => {
      if (Date.now() - claimedAt < claimAgainMs) return;
      claimedAt = Date.now();
      doClaim();
    };
    window.addEventListener('pointerdown', onWork, { passive: true });
    window.addEventListener('keydown', onWork, { passive: true });
    return () => {
      window.removeEventListener('pointerdown', onWork);
      window.removeEventListener('keydown', onWork);
      client.mutate({ mutation: releaseStudy, variables: { input: { studyId: id } } }).catch(() => undefined);
    };
  }, [wants, id, client]);
}
