import { Button, Kbd } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { sentenceFor } from '../api/failure';
import { Moment } from '../findings/moment';
import type { StudyDetailFragment } from '../gql/graphql';
import { Section } from '../page/section';
import { ReviewForm } from './review-form';
import classes from './review-section.module.css';
import { useNextStudy } from './use-next-study';
import { opinionInWords } from './words';

type Review = StudyDetailFragment['reviews'][number];

/** What people signed of a study, and the form for whoever may sign. */
export function ReviewSection({ study }: { study: StudyDetailFragment }) {
  const { reviews, viewerCanReview } = study;
  if (reviews.length === 0 && !viewerCanReview) return null;
  return (
    <Section id="review" title="Review">
      {reviews.length > 0 && (
        <ol className={classes.signed}>
          {reviews.map((review) => (
            <SignedReview key={review.id} review={review} />
          ))}
        </ol>
      )}
      {viewerCanReview && <Reviewing key={study.id} study={study} />}
    </Section>
  );
}

function SignedReview({ review }: { review: Review }) {
  const { finding, comment, decision, opinion, signedBy, signedAt, isAddendum } = review;
  const about = opinionInWords(opinion, decision);
  return (
    <li className={classes.review}>
      <p className={classes.finding}>
        {isAddendum && <span className={classes.addendum}>Addendum</span>}
        <strong>{finding.name}</strong>
        {about && <span className={classes.about}>{about}</span>}
      </p>
      {comment && <p className={classes.comment}>{comment}</p>}
      <p className={classes.by}>
        Signed by {signedBy.name}, <Moment at={signedAt} />
      </p>
    </li>
  );
}

/** The review of a study that has none; else an addendum, for whoever asks for it. */
function Reviewing({ study }: { study: StudyDetailFragment }) {
  const [addendumWanted, wantAddendum] = useState(false);
  const [note, setNote] = useState<string>();
  const openNext = useNextStudy(study.id);
  const next = async () => {
    try {
      if (!(await openNext())) setNote('Nothing else waits for a review.');
    } catch (error) {
      setNote(sentenceFor(error));
    }
  };
  useHotkeys([['n', () => void next()]]);
  const isFirst = study.reviews.length === 0;
  return (
    <>
      {(isFirst || addendumWanted) && (
        <ReviewForm
          key={study.reviews.length}
          study={study}
          onSigned={async () => (isFirst ? next() : wantAddendum(false))}
        />
      )}
      <div className={classes.actions}>
        {!isFirst && !addendumWanted && (
          <Button variant="default" onClick={() => wantAddendum(true)}>
            Add an addendum
          </Button>
        )}
        <Button
          variant="subtle"
          color="gray"
          aria-keyshortcuts="N"
          rightSection={
            <Kbd size="xs" aria-hidden>
              N
            </Kbd>
          }
          onClick={() => void next()}
        >
          Next study
        </Button>
        <span role="status" className={classes.note}>
          {note}
        </span>
      </div>
    </>
  );
}
