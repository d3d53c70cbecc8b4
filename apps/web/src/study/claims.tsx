import { IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { claimOf } from '../findings/claim';
import type { StudyDetailFragment } from '../gql/graphql';
import classes from './claims.module.css';

type Reading = NonNullable<StudyDetailFragment['images'][number]['reading']>;

/** What may be said at a stated risk of error, in one statement. */
export function Claims({ reading }: { reading: Reading }) {
  const claim = claimOf(reading);
  if (!claim) return null;
  if (claim.kind === 'uncertain') {
    return (
      <p className={classes.claim} data-open>
        <IconHelpCircle size={18} aria-hidden />
        <span>
          <strong>Uncertain.</strong> Even if {claim.wrongPerHundred} in 100 patients may be judged wrongly,
          this image alone allows no single answer.
        </span>
      </p>
    );
  }
  const Icon = claim.isFirm ? IconCircleCheck : IconHelpCircle;
  return (
    <p className={classes.claim} data-open={claim.isFirm ? undefined : true}>
      <Icon size={18} aria-hidden />
      <span>
        <strong>
          {claim.answer}, {claim.isFirm ? 'reasonably certain' : 'less certain'}.
        </strong>{' '}
        By a standard that is wrong for at most {claim.wrongPerHundred} in 100 patients like those the model
        was calibrated on
        {claim.isFirm ? '.' : '; a stricter one leaves both answers open.'}
      </span>
    </p>
  );
}
