import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArchive, IconBan, IconEye, IconInfoCircle } from '@tabler/icons-react';
import Link from 'next/link';
import { cautionInWords } from '../findings/caution';
import { Moment } from '../findings/moment';
import type { StudyDetailFragment } from '../gql/graphql';
import { Callout } from './callout';
import { RetryStudyButton } from './retry-study-button';

/** What must be known of a study before its images are looked at, most important first. */
export function Callouts({ study }: { study: StudyDetailFragment }) {
  const { withdrawal, readingState, readingReason, intendedUse, images } = study;
  const [image, ...others] = images;
  const isOne = others.length === 0;
  if (withdrawal) {
    return (
      <Callout tone="quiet" icon={<IconArchive />} title="This study was withdrawn">
        By {withdrawal.by?.name ?? 'someone of your organization'}, <Moment at={withdrawal.at} />. Its images
        and its result are no longer shown. Reason: {withdrawal.reason}
      </Callout>
    );
  }
  return (
    <>
      {readingState === 'REFUSED' && (
        <Callout
          tone="caution"
          icon={<IconBan />}
          title={isOne ? 'This image was refused' : 'No image of this study could be read'}
          action={
            <Button component={Link} href="/submit" variant="default">
              Submit another image
            </Button>
          }
        >
          {readingReason?.message}
        </Callout>
      )}
      {readingState === 'FAILED' && (
        <Callout
          tone="alarm"
          icon={<IconAlertTriangle />}
          title={isOne ? 'This image could not be read' : 'An image of this study could not be read'}
          action={study.viewerCanRetry && <RetryStudyButton studyId={study.id} />}
        >
          {readingReason?.message}
        </Callout>
      )}
      {!intendedUse.withinRange && readingState !== 'REFUSED' && readingState !== 'FAILED' && (
        <Callout tone="caution" icon={<IconInfoCircle />} title="Outside what the model was made for">
          {intendedUse.message}
        </Callout>
      )}
      <Cautions cautions={study.cautions} />
      {isOne && image && <ImageCallouts image={image} />}
    </>
  );
}

type Image = StudyDetailFragment['images'][number];

/** What must be known of one image: why it is not read, and what to keep in mind about its reading. */
export function ImageCallouts({ image, isOneOfSeveral }: { image: Image; isOneOfSeveral?: boolean }) {
  const { readingState, readingReason, reading } = image;
  return (
    <>
      {readingState === 'NOT_READ' && (
        <Callout tone="quiet" icon={<IconInfoCircle />} title="This image is not read">
          {readingReason?.message}
        </Callout>
      )}
      {isOneOfSeveral && readingState === 'REFUSED' && (
        <Callout tone="caution" icon={<IconBan />} title="This image was refused">
          {readingReason?.message}
        </Callout>
      )}
      {isOneOfSeveral && readingState === 'FAILED' && (
        <Callout tone="alarm" icon={<IconAlertTriangle />} title="This image could not be read">
          {readingReason?.message}
        </Callout>
      )}
      <Cautions cautions={reading?.cautions ?? []} />
    </>
  );
}

function Cautions({ cautions }: { cautions: StudyDetailFragment['cautions'] }) {
  return cautions.map(({ code, message }) => {
    const { title, tone } = cautionInWords(code);
    return (
      <Callout key={code} tone={tone} icon={<IconEye />} title={title}>
        {message}
      </Callout>
    );
  });
}
