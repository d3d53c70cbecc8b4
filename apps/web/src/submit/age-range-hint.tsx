import { useQuery } from '@apollo/client/react';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ageInWords } from '../findings/age';
import { graphql } from '../gql';
import type { AgeRead } from './age';
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
export function AgeRangeHint({ age }: { age: AgeRead }) {
  const { data } = useQuery(modelRange);
  const range = data?.model.ageRangeMonths;
  if (!range || age.kind === 'empty' || age.kind === 'wrong') return null;
  if (age.kind === 'age' && age.months >= range.from && age.months <= range.to) return null;
  return (
    <p className={classes.hint}>
      <IconAlertTriangle size={16} aria-hidden />
      {age.kind === 'unknown' ? 'Without an age' : 'At this age'} the answer will carry a warning: the model
      was trained on patients from {ageInWords(range.from)} to {ageInWords(range.to)}.
    </p>
  );
}
