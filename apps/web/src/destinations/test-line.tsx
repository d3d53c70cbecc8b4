import { DeliveryBadge } from '../delivery/delivery-badge';
import { standingOf, whyOf } from '../delivery/words';
import { Moment } from '../findings/moment';
import { useNow } from '../findings/now';
import type { DeliveryLineFragment } from '../gql/graphql';
import classes from './test-line.module.css';

export interface TestLineProps {
  test: DeliveryLineFragment | null | undefined;
  problem: string | undefined;
  /** The destination was changed after this test. */
  isOutdated: boolean;
}

const slowMs = 15_000;

/** How the latest test went; its place is kept while that is not known. */
export function TestLine({ test, problem, isOutdated }: TestLineProps) {
  return (
    <div role="status" className={classes.line}>
      {problem ? (
        <span className={classes.problem}>{problem}</span>
      ) : (
        test !== undefined && <Outcome test={test} isOutdated={isOutdated} />
      )}
    </div>
  );
}

function Outcome({ test, isOutdated }: { test: DeliveryLineFragment | null; isOutdated: boolean }) {
  const now = useNow();
  if (!test) return <span className={classes.words}>Not tested yet</span>;
  if (isOutdated) return <span className={classes.words}>Changed since the last test</span>;
  if (test.state === 'PENDING') {
    const isSlow = now - Date.parse(test.createdAt) > slowMs;
    return (
      <>
        <span className={classes.words}>Testing …</span>
        {isSlow && test.tries === 0 && (
          <span className={classes.words}>
            The sending service has not taken the test yet. Check that the DICOM service runs.
          </span>
        )}
      </>
    );
  }
  return (
    <>
      <DeliveryBadge standing={standingOf(test)} />
      {test.settledAt && (
        <span className={classes.words}>
          <Moment at={test.settledAt} />
        </span>
      )}
      <span className={classes.words}>{whyOf(test)}</span>
    </>
  );
}
