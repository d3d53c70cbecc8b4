import type { StudyFragment } from './generated/graphql.js';

/**
 * Whether a study moves no more by itself: it was withdrawn or refused, its reading failed, or its heatmap is
 * there, was withheld or failed. A heatmap that is there may still be withheld by a later measurement of it.
 */
export function isSettled(
  study: Pick<StudyFragment, 'readingState' | 'explanationState' | 'withdrawal'>,
): boolean {
  const { readingState, explanationState, withdrawal } = study;
  if (withdrawal) return true;
  // What is open is listed, not what is settled: a state newer than this client is not waited for.
  if (readingState === 'RECEIVED' || readingState === 'QUEUED') return false;
  return readingState !== 'CLASSIFIED' || (explanationState !== 'NONE' && explanationState !== 'PENDING');
}
