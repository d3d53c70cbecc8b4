import { IconHelpCircle } from '@tabler/icons-react';
import { type CoveredClaim, claimInWords, coverageInWords, openVerdict } from '../findings/claim';
import classes from './claims.module.css';

/** What may be said at a stated risk of error, which is often nothing: then that comes first. */
export function Claims({ claims }: { claims: readonly CoveredClaim[] }) {
  if (claims.length === 0) return null;
  const open = openVerdict(claims);
  return (
    <div className={classes.claims}>
      {open && (
        <p className={classes.open}>
          <IconHelpCircle size={18} aria-hidden />
          <span>
            <strong>{open}.</strong> By that standard both answers are still possible here.
          </span>
        </p>
      )}
      <dl className={classes.list}>
        {claims.map((claim) => (
          <div key={claim.coverage} className={classes.claim}>
            <dt>At {coverageInWords(claim)}</dt>
            <dd>{claimInWords(claim)}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.meaning}>
        The share of patients for whom such a claim does not leave out the truth, among patients like those
        the model was calibrated on.
      </p>
    </div>
  );
}
