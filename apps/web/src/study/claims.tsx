import { claimOf } from '@lucency/contracts/findings';
import { IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { wrongPerHundred } from '../findings/claim';
import type { StudyDetailFragment } from '../gql/graphql';
import classes from './claims.module.css';

type Reading = NonNullable<StudyDetailFragment['images'][number]['reading']>;

const answers = { NORMAL: 'Normal', PNEUMONIA: 'Pneumonia' };

/** What may be said at a stated risk of error, in one statement. */
export function Claims({ reading }: { reading: Reading }) {
  const claim = claimOf(reading);
  if (!claim) return null;
  if (claim.kind === 'uncertain') {
    return (
      <p className={classes.claim} data-open>
        <IconHelpCircle size={18} aria-hidden />
        <span>
          <strong>Uncertain.</strong> Even if {wrongPerHundred(claim)} in 100 patients may be judged wrongly,
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
          {answers[claim.says]}, {claim.isFirm ? 'reasonably certain' : 'less certain'}.
        </strong>{' '}
        By a standard that is wrong for at most {wrongPerHundred(claim)} in 100 patients like those the model
        was calibrated on
        {claim.isFirm ? '.' : '; a stricter one leaves both answers open.'}
      </span>
    </p>
  );
}
