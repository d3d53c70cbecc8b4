import { Skeleton } from '@mantine/core';
import Link from 'next/link';
import { DeliveryBadge } from '../delivery/delivery-badge';
import { SendAgainButton } from '../delivery/send-again-button';
import { contentInWords, durationInWords, nextTryInWords, standingOf, whyOf } from '../delivery/words';
import { useNow } from '../findings/now';
import type { DeliveryLineFragment } from '../gql/graphql';
import classes from './delivery-table.module.css';

export interface DeliveryTableProps {
  deliveries: readonly DeliveryLineFragment[];
  stale: boolean;
  onSentAgain(): void;
}

/** One table for every width: on a narrow screen its rows are laid out as cards. */
export function DeliveryTable({ deliveries, stale, onSentAgain }: DeliveryTableProps) {
  const now = useNow();
  return (
    <table className={classes.table} data-stale={stale || undefined} aria-label="Deliveries">
      <thead>
        <tr>
          <th scope="col">Patient</th>
          <th scope="col">Content</th>
          <th scope="col">Destination</th>
          <th scope="col">State</th>
          <th scope="col">Tries</th>
          <th scope="col">Next try</th>
          <th scope="col">Age</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} now={now} onSentAgain={onSentAgain} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  delivery: DeliveryLineFragment;
  now: number;
  onSentAgain(): void;
}

function DeliveryRow({ delivery, now, onSentAgain }: RowProps) {
  const { study, destination, tries, createdAt } = delivery;
  const why = whyOf(delivery);
  const next = nextTryInWords(delivery, now);
  return (
    <tr>
      <td className={classes.patient}>
        {study ? (
          <Link href={`/studies/${encodeURIComponent(study.id)}`} className={classes.link} prefetch={false}>
            {study.patientReference}
          </Link>
        ) : (
          <span className={classes.none}>No patient</span>
        )}
      </td>
      <td className={classes.content}>{contentInWords(delivery)}</td>
      <td className={classes.destination}>{destination.name}</td>
      <td className={classes.state}>
        <div className={classes.standing}>
          <DeliveryBadge standing={standingOf(delivery)} />
          <SendAgainButton delivery={delivery} onSent={onSentAgain} />
        </div>
        {why && <p className={classes.why}>{why}</p>}
      </td>
      <td className={classes.tries} data-label="Tries">
        {tries}
      </td>
      <td className={classes.next} data-label="Next try" data-none={next === null || undefined}>
        {next ?? '–'}
      </td>
      <td className={classes.age} data-label="Age">
        <time dateTime={createdAt} title={new Date(createdAt).toLocaleString()}>
          {durationInWords(now - Date.parse(createdAt))}
        </time>
      </td>
    </tr>
  );
}

const skeletonRows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** The table's shape while its first rows are on their way. */
export function DeliveryTableSkeleton() {
  return (
    <div role="status" aria-label="Loading deliveries">
      {skeletonRows.map((row) => (
        <div key={row} className={classes.skeletonRow}>
          <Skeleton height={14} width={120} />
          <Skeleton height={14} width={110} />
          <Skeleton height={24} width={110} radius="xl" />
          <Skeleton height={14} width={60} />
        </div>
      ))}
    </div>
  );
}
