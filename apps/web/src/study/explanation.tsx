import { Button, Loader } from '@mantine/core';
import type { StudyDetailFragment } from '../gql/graphql';
import type { AwaitedCheck } from './heatmap-check';
import { RetryStudyButton } from './retry-study-button';

export interface ExplanationProps {
  study: Pick<StudyDetailFragment, 'id' | 'viewerCanRetry'>;
  image: StudyDetailFragment['images'][number];
  check: AwaitedCheck;
  /** The person wants to see the heatmap before it is checked. */
  onShowUnchecked(): void;
}

/** Said in the heatmap's place: what it waits for, or why there is none. */
export function Explanation({ study, image, check, onShowUnchecked }: ExplanationProps) {
  if (image.readingState === 'RECEIVED' || image.readingState === 'QUEUED') {
    return <Working words="The image is being read" />;
  }
  switch (image.explanationState) {
    case 'PENDING':
      return <Working words="The heatmap is being drawn" />;
    case 'READY':
      if (check === 'none') return <Working words="The heatmap is being loaded" />;
      return (
        <>
          {check === 'soon' ? (
            <Working words="Checking the heatmap: whether what it marks matters for the answer" />
          ) : (
            <p>This heatmap has not been checked: what it marks may not matter for the answer.</p>
          )}
          <Button variant="white" color="dark" size="compact-sm" onClick={onShowUnchecked}>
            Show it unchecked
          </Button>
        </>
      );
    case 'WITHHELD':
      return <p>{image.explanationReason?.message ?? 'There is no heatmap to show.'}</p>;
    case 'FAILED':
      return (
        <>
          <p>{image.explanationReason?.message ?? 'The heatmap could not be drawn.'}</p>
          {study.viewerCanRetry && <RetryStudyButton studyId={study.id} />}
        </>
      );
    case 'NONE':
      return <p>Without a reading there is no heatmap.</p>;
  }
}

function Working({ words }: { words: string }) {
  return (
    <>
      <Loader color="white" size="sm" type="dots" />
      <p role="status">{words}</p>
    </>
  );
}
