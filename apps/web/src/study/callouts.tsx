import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArchive, IconBan, IconInfoCircle } from '@tabler/icons-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Moment } from '../findings/moment';
import type { Tone } from '../findings/verdict';
import type { StudyDetailFragment } from '../gql/graphql';
import classes from './callouts.module.css';
import { RetryStudyButton } from './retry-study-button';

/** What must be known before the images are looked at, most important first. */
export function Callouts({ study }: { study: StudyDetailFragment }) {
  const { withdrawal, readingState, readingReason, intendedUse } = study;
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
    </>
  );
}

interface CalloutProps {
  tone: Tone;
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

function Callout({ tone, icon, title, children, action }: CalloutProps) {
  return (
    <section className={classes.callout} data-tone={tone} aria-label={title}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <div className={classes.body}>
        <h2 className={classes.title}>{title}</h2>
        <p className={classes.text}>{children}</p>
      </div>
      {action}
    </section>
  );
}
