import { Loader } from '@mantine/core';
import type { StudyDetailFragment } from '../gql/graphql';
import { RetryStudyButton } from './retry-study-button';
import { type Picture, Stage } from './stage';

/** Where the heatmap will be, or why there is none. */
export function Explanation({ study, picture }: { study: StudyDetailFragment; picture: Picture }) {
  return (
    <Stage title="Heatmap" picture={picture}>
      <ExplanationState study={study} />
    </Stage>
  );
}

function ExplanationState({ study }: { study: StudyDetailFragment }) {
  if (study.readingState === 'RECEIVED' || study.readingState === 'QUEUED') {
    return <Working words="The image is being read" />;
  }
  switch (study.explanationState) {
    case 'PENDING':
    case 'READY':
      return <Working words="The heatmap is being drawn" />;
    case 'WITHHELD':
      return <p>{study.explanationReason?.message ?? 'There is no heatmap to show.'}</p>;
    case 'FAILED':
      return (
        <>
          <p>{study.explanationReason?.message ?? 'The heatmap could not be drawn.'}</p>
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
