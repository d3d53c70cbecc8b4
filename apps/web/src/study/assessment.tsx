import { Moment } from '../findings/moment';
import { typeInWords } from '../findings/pneumonia-type';
import { percent } from '../findings/probability-bar';
import { purposes } from '../findings/purpose';
import type { StudyDetailFragment } from '../gql/graphql';
import classes from './assessment.module.css';
import { Claims } from './claims';
import { ProbabilityScale } from './probability-scale';

type Image = StudyDetailFragment['images'][number];
type Reading = NonNullable<Image['reading']>;

/** What the model said of an image, against its threshold, and how far that goes. */
export function Assessment({ study, image }: { study: StudyDetailFragment; image: Image }) {
  const { reading, readingState } = image;
  const titleId = `assessment-${image.id}`;
  const Heading = study.images.length > 1 ? 'h3' : 'h2';
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <Heading id={titleId} className={classes.heading}>
        Assessment
      </Heading>
      {reading && <ReadingResult reading={reading} isReliable={study.intendedUse.withinRange} />}
      {!reading && (
        <p className={classes.text}>
          {readingState === 'RECEIVED' || readingState === 'QUEUED'
            ? 'The image is being read, usually within seconds. This page updates by itself.'
            : 'There is no reading of this image.'}
        </p>
      )}
      <p className={classes.never}>
        <strong>Never a diagnosis by itself.</strong> A qualified person decides.{' '}
        {study.intendedUse.withinRange && study.intendedUse.message}
      </p>
      {reading && (
        <dl className={classes.facts}>
          <dt>Model</dt>
          <dd>{reading.modelId}</dd>
          <dt>Engine</dt>
          <dd>{reading.engine}</dd>
          {reading.operatingPoint && (
            <>
              <dt>Threshold for</dt>
              <dd>{purposes[reading.operatingPoint]}</dd>
            </>
          )}
          <dt>Read</dt>
          <dd>
            <Moment at={reading.createdAt} />
          </dd>
        </dl>
      )}
    </section>
  );
}

function ReadingResult({ reading, isReliable }: { reading: Reading; isReliable: boolean }) {
  const suspected = reading.decision === 'PNEUMONIA';
  return (
    <>
      <div className={classes.result}>
        <span
          className={classes.number}
          data-suspected={suspected || undefined}
          data-unreliable={!isReliable || undefined}
        >
          {percent(reading.probability)}
        </span>
        <span className={classes.caption}>probability of pneumonia</span>
      </div>
      <ProbabilityScale probability={reading.probability} threshold={reading.threshold} />
      <p className={classes.text}>
        {!isReliable && <strong>Do not rely on this answer for this patient. </strong>}
        {suspected
          ? 'At or above the threshold: the model suspects pneumonia.'
          : 'Below the threshold: the model does not suspect pneumonia. That does not rule it out.'}
      </p>
      <Claims reading={reading} />
      {suspected && reading.type && <TypeOfPneumonia type={reading.type} />}
    </>
  );
}

function TypeOfPneumonia({ type }: { type: NonNullable<Reading['type']> }) {
  const { finding, hint } = typeInWords(type);
  return (
    <p className={classes.hint}>
      <strong>{finding}</strong> {hint}
    </p>
  );
}
