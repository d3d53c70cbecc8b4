import { useQuery } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import { Moment } from '../findings/moment';
import { useNow } from '../findings/now';
import type { DeliveryLineFragment, KnownDestinationsQuery } from '../gql/graphql';
import { Section } from '../page/section';
import { DeliveryBadge } from './delivery-badge';
import { knownDestinations, studyDeliveries } from './delivery-documents';
import { SendAgainButton } from './send-again-button';
import classes from './sent-to.module.css';
import { contentInWords, kinds, nextTryInWords, standingOf, whyOf } from './words';

export interface SentToProps {
  studyId: string;
  siteId: string;
  /** Whatever of the study makes new deliveries: once this changes, they are read again. */
  version: string;
}

const pollMs = 4_000;

/** Where the results of a study went and what waits; nothing where the site sends them nowhere. */
export function SentTo({ studyId, siteId, version }: SentToProps) {
  const known = useQuery(knownDestinations);
  const destinations = known.data?.destinations.filter(({ site }) => site.id === siteId) ?? [];
  const query = useQuery(studyDeliveries, {
    variables: { id: studyId },
    skip: destinations.length === 0,
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const deliveries = query.data?.study?.deliveries;
  const isPending = deliveries?.some(({ state, destination }) => state === 'PENDING' && destination.enabled);
  const { startPolling, stopPolling } = query;
  useEffect(() => {
    if (!isPending) return;
    startPolling(pollMs);
    return stopPolling;
  }, [isPending, startPolling, stopPolling]);
  const readAgain = useEffectEvent(() => void query.refetch().catch(() => undefined));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is why it is read again.
  useEffect(() => {
    if (deliveries) readAgain();
  }, [version]);
  if (!deliveries) return null;
  return <SentToList destinations={destinations} deliveries={deliveries} />;
}

export interface SentToListProps {
  destinations: readonly Pick<
    KnownDestinationsQuery['destinations'][number],
    'id' | 'name' | 'kind' | 'enabled'
  >[];
  deliveries: readonly DeliveryLineFragment[];
}

export function SentToList({ destinations, deliveries }: SentToListProps) {
  const now = useNow();
  const groups = destinations
    .map((destination) => ({
      destination,
      sent: deliveries.filter((delivery) => delivery.destination.id === destination.id),
    }))
    .filter(({ destination, sent }) => destination.enabled || sent.length > 0);
  if (groups.length === 0) return null;
  return (
    <Section id="sent-to" title="Sent to">
      <div className={classes.groups}>
        {groups.map(({ destination, sent }) => (
          <section key={destination.id} aria-label={destination.name} className={classes.group}>
            <h3 className={classes.name}>
              {destination.name} <span className={classes.kind}>{kinds[destination.kind]}</span>
            </h3>
            {sent.length === 0 ? (
              <p className={classes.none}>Nothing so far.</p>
            ) : (
              <ul className={classes.deliveries}>
                {sent.map((delivery) => (
                  <Sent key={delivery.id} delivery={delivery} now={now} />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </Section>
  );
}

function Sent({ delivery, now }: { delivery: DeliveryLineFragment; now: number }) {
  const why = whyOf(delivery);
  const next = nextTryInWords(delivery, now);
  return (
    <li className={classes.delivery}>
      <span className={classes.content}>{contentInWords(delivery)}</span>
      <DeliveryBadge standing={standingOf(delivery)} />
      <span className={classes.when}>
        {delivery.settledAt && <Moment at={delivery.settledAt} />}
        {next && delivery.reason && `next try ${next}`}
      </span>
      <SendAgainButton delivery={delivery} />
      {why && <p className={classes.why}>{why}</p>}
    </li>
  );
}
