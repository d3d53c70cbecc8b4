import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { Moment } from '../findings/moment';
import { verdictOf } from '../findings/verdict';
import { VerdictBadge } from '../findings/verdict-badge';
import type { PriorsQuery } from '../gql/graphql';
import { Section } from '../page/section';
import { priorsQuery } from './priors-documents';
import classes from './priors-section.module.css';

type Prior = NonNullable<PriorsQuery['study']>['priors'][number];

/** Earlier studies of the same patient at the same site; nothing where there are none. */
export function PriorsSection({ studyId }: { studyId: string }) {
  const { data } = useQuery(priorsQuery, { variables: { id: studyId } });
  const priors = data?.study?.priors ?? [];
  if (priors.length === 0) return null;
  return (
    <Section id="priors" title="Earlier studies of this patient">
      <ul className={classes.priors}>
        {priors.map((prior) => (
          <PriorLine key={prior.id} prior={prior} />
        ))}
      </ul>
    </Section>
  );
}

function PriorLine({ prior }: { prior: Prior }) {
  const signed = prior.reviews.at(-1)?.finding.name;
  return (
    <li className={classes.prior}>
      <Link className={classes.link} href={`/studies/${prior.id}`}>
        <Moment at={prior.createdAt} />
      </Link>
      <VerdictBadge verdict={verdictOf(prior)} />
      {signed && <span className={classes.signed}>Signed: {signed}</span>}
    </li>
  );
}
