import { useFragment } from '@apollo/client/react';
import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import Link from 'next/link';
import { studyLine } from '../api/study-parts';
import { leadingReading } from '../findings/leading-reading';
import { ProbabilityBar } from '../findings/probability-bar';
import { verdictOf } from '../findings/verdict';
import { VerdictBadge } from '../findings/verdict-badge';
import { SamePictureQuestion } from './same-picture-question';
import type { Submission } from './submission';
import classes from './submission-status.module.css';

export interface SubmissionStatusProps {
  submission: Submission;
  onRetry(): void;
  onRemove(): void;
  onSendAllTheSame(): void;
}

/** Where an image is on its way, and in the end what came of it, live. */
export function SubmissionStatus(props: SubmissionStatusProps) {
  const { submission, onRetry, onRemove, onSendAllTheSame } = props;
  const { phase, reference } = submission;
  switch (phase.at) {
    case 'draft':
      return null;
    case 'unusable':
      return <Problem message={phase.message} />;
    case 'waiting':
      return (
        <Step
          words={
            phase.forSeconds ? `Lucency is busy: trying again in ${phase.forSeconds} s` : 'Waiting its turn'
          }
          percent={0}
        />
      );
    case 'hashing':
      return <Step words="Computing the checksum" percent={5} />;
    case 'asking':
      return (
        <SamePictureQuestion reference={reference.trim()} others={phase.others}>
          <Button size="compact-sm" onClick={onSendAllTheSame}>
            Submit for {reference.trim()} too
          </Button>
          <Button size="compact-sm" variant="default" onClick={onRemove}>
            Remove this image
          </Button>
        </SamePictureQuestion>
      );
    case 'uploading':
      return <Step words={`Uploading, ${Math.round(phase.share * 100)} %`} percent={5 + phase.share * 85} />;
    case 'submitting':
      return <Step words="Submitting" percent={95} />;
    case 'failed':
      return (
        <Problem message={phase.message}>
          {phase.earlierStudyId && <StudyLink id={phase.earlierStudyId} words="Open the earlier study" />}
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Problem>
      );
    case 'submitted':
      return <Outcome studyId={phase.studyId} created={phase.created} />;
  }
}

function Step({ words, percent }: { words: string; percent: number }) {
  return (
    <div className={classes.step}>
      <Progress value={percent} size="sm" transitionDuration={200} aria-label={words} />
      <span className={classes.words}>{words}</span>
    </div>
  );
}

function Problem({ message, children }: { message: string; children?: React.ReactNode }) {
  return (
    <div className={classes.problem} role="alert">
      <IconAlertTriangle size={17} aria-hidden />
      <span className={classes.message}>{message}</span>
      {children}
    </div>
  );
}

function Outcome({ studyId, created }: { studyId: string; created: boolean }) {
  const { data, complete } = useFragment({
    fragment: studyLine,
    from: { __typename: 'Study', id: studyId },
  });
  if (!complete) return <StudyLink id={studyId} words="Open study" />;
  const reading = leadingReading(data);
  return (
    <div className={classes.outcome} aria-live="polite">
      <VerdictBadge verdict={verdictOf(data)} />
      {reading && (
        <ProbabilityBar
          probability={reading.probability}
          threshold={reading.threshold}
          isReliable={data.intendedUse.withinRange}
        />
      )}
      {data.readingReason && <span className={classes.message}>{data.readingReason.message}</span>}
      {!created && <span className={classes.words}>This image was submitted before.</span>}
      <StudyLink id={studyId} words="Open study" />
    </div>
  );
}

function StudyLink({ id, words }: { id: string; words: string }) {
  return (
    <Link href={`/studies/${encodeURIComponent(id)}`} className={classes.link} prefetch={false}>
      {words}
      <IconArrowRight size={15} aria-hidden />
    </Link>
  );
}
