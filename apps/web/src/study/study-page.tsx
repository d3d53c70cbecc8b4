'use client';

import { Skeleton } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { isNotUnderstood, sentenceFor } from '../api/failure';
import { SentTo } from '../delivery/sent-to';
import { ageInWords } from '../findings/age';
import { Moment } from '../findings/moment';
import { verdictOf } from '../findings/verdict';
import { VerdictBadge } from '../findings/verdict-badge';
import { viewInWords } from '../findings/view';
import type { StudyDetailFragment } from '../gql/graphql';
import { Notice, RetryButton } from '../page/notice';
import { PriorsSection } from '../priors/priors-section';
import { Holder } from '../review/holder';
import { ReviewSection } from '../review/review-section';
import { useClaim } from '../review/use-claim';
import { NothingHere } from '../shell/nothing-here';
import { isToReview } from '../worklist/kept-place';
import { BackLink } from './back-link';
import { Callouts } from './callouts';
import { StudyImages } from './study-images';
import imageClasses from './study-images.module.css';
import classes from './study-page.module.css';
import { useStudy } from './use-study';
import { WithdrawButton } from './withdraw-button';

export function StudyPage({ id }: { id: string }) {
  const { study, error, isLoading, refetch } = useStudy(id);
  if (study) return <StudyView key={study.id} study={study} refetch={refetch} />;
  if (study === null || isNotUnderstood(error)) return <NothingHere what="study" />;
  if (error) {
    return (
      <Notice
        heading={1}
        icon={<IconCloudOff size={28} stroke={1.6} />}
        title="The study cannot be shown"
        action={<RetryButton onClick={() => void refetch()} loading={isLoading} />}
      >
        {sentenceFor(error)}
      </Notice>
    );
  }
  return <StudySkeleton />;
}

function StudyView({ study, refetch }: { study: StudyDetailFragment; refetch(): Promise<unknown> }) {
  const [image, ...others] = study.images;
  useClaim(study, isToReview);
  return (
    <article>
      <BackLink />
      <header className={classes.head}>
        <div className={classes.titles}>
          <div className={classes.titleRow}>
            <h1 className={classes.title}>{study.patientReference}</h1>
            <span role="status">
              <VerdictBadge verdict={verdictOf(study)} size="lg" />
            </span>
          </div>
          <p className={classes.facts}>
            <span>{ageInWords(study.patientAgeMonths)}</span>
            <span>{study.site.name}</span>
            <span>{study.priority === 'STAT' ? 'STAT' : 'Routine'}</span>
            {image && image.view !== 'UNKNOWN' && others.length === 0 && (
              <span>{viewInWords[image.view]}</span>
            )}
            {study.accessionNumber && <span>Accession {study.accessionNumber}</span>}
            <span>
              <Moment at={study.createdAt} /> by {study.submittedBy.name}
            </span>
            <Holder claim={study.claim} className={undefined} />
          </p>
        </div>
        {study.viewerCanWithdraw && <WithdrawButton study={study} />}
      </header>
      <Callouts study={study} />
      {!study.withdrawal && <StudyImages study={study} refetch={refetch} />}
      <ReviewSection study={study} />
      <PriorsSection studyId={study.id} />
      <SentTo studyId={study.id} siteId={study.site.id} version={versionOf(study)} />
    </article>
  );
}

/** Changes with whatever of a study is sent; a check that leaves a heatmap as it is changes nothing else. */
function versionOf({ updatedAt, reviews, images }: StudyDetailFragment): string {
  const heatmaps = images.map(({ heatmap }) => heatmap?.presentation);
  return JSON.stringify([updatedAt, reviews.length, heatmaps]);
}

function StudySkeleton() {
  return (
    <div role="status" aria-label="Loading the study">
      <Skeleton height={16} width={90} mb={18} />
      <Skeleton height={30} width={280} mb={12} />
      <Skeleton height={16} width={360} mb={28} maw="100%" />
      <div className={imageClasses.columns}>
        <Skeleton height={440} radius="lg" />
        <Skeleton height={320} radius="lg" />
      </div>
    </div>
  );
}
