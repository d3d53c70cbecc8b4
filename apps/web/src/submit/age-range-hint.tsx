import { useQuery } from '@apollo/client/react';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ageInWords } from '../findings/age';
import { graphql } from '../gql';
import classes from './submission-row.module.css';

const modelRange = graphql(`
  query ModelRange {
    model {
      id
      ageRangeMonths {
        from
        to
      }
    }
  }
`);

/** Says before sending that the answer will come with a warning. */
export function AgeRangeHint({ months, unknown }: { months: number | null; unknown: boolean }) {
  const { data } = useQuery(modelRange);
  const range = data?.model.ageRangeMonths;
  if (!range || (months === null && !unknown)) return null;
  if (months !== null && months >= range.from && months <= range.to) return null;
  return (
    <p className={classes.hint}>
      <IconAlertTriangle size={16} aria-hidden />
      {unknown ? 'Without an age' : 'At this age'} the answer will carry a warning: the model was trained on
      patients from {ageInWords(range.from)} to {ageInWords(range.to)}.
    </p>
  );
}
