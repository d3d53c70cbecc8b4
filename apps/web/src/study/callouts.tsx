import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArchive, IconBan, IconEye, IconInfoCircle } from '@tabler/icons-react';
import Link from 'next/link';
import { cautionInWords } from '../findings/caution';
import { Moment } from '../findings/moment';
import type { StudyDetailFragment } from '../gql/graphql';
import { Callout } from './callout';
import { RetryStudyButton } from './retry-study-button';

/** What must be known before the images are looked at, most important first. */
export function Callouts({ study }: { study: StudyDetailFragment }) {
  const { withdrawal, readingState, readingReason, intendedUse, images } = study;
  const cautions = [...study.cautions, ...images.flatMap(({ reading }) => reading?.cautions ?? [])];
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
          title="This image was refused"
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
          title="This image could not be read"
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
      {cautions.map(({ code, message }) => {
        const { title, tone } = cautionInWords(code);
        return (
          <Callout key={code} tone={tone} icon={<IconEye />} title={title}>
            {message}
          </Callout>
        );
      })}
    </>
  );
}
