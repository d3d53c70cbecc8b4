'use client';

import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCloudOff, IconSearch, IconSend } from '@tabler/icons-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { isNotUnderstood, sentenceFor } from '../api/failure';
import { viewerQuery } from '../api/study-parts';
import { knownDestinations } from '../delivery/delivery-documents';
import { Notice, RetryButton } from '../page/notice';
import { PageTitle } from '../page/page-title';
import classes from './deliveries-page.module.css';
import { DeliveryTable, DeliveryTableSkeleton } from './delivery-table';
import { FailedLine } from './failed-line';
import { FilterBar } from './filter-bar';
import {
  anything,
  type DeliveryFilters,
  deliveriesPath,
  isFiltered,
  newest,
  type Place,
  readFilters,
  readPlace,
  whatFailed,
} from './filters';
import { useDeliveries, useFailedCount } from './use-deliveries';

export function DeliveriesPage() {
  const query = useSearchParams();
  const filters = readFilters(query);
  const place = readPlace(query);
  const list = useDeliveries(filters, place);
  const { failed, refetch } = useFailedCount();
  return (
    <>
      <PageTitle
        title="Deliveries"
        text="What was sent to archives and records, and what waits to be sent."
      />
      <FailedLine
        failed={failed}
        areShown={deliveriesPath(filters) === deliveriesPath(whatFailed)}
        onShow={() => show(whatFailed)}
        onShowAll={() => show(anything)}
      />
      <FilterBar filters={filters} onChange={show} />
      <div className={classes.panel} aria-busy={list.isLoading}>
        <List filters={filters} place={place} list={list} onSentAgain={refetch} />
      </div>
    </>
  );
}

/** Puts the filters into the address without leaving the page. */
function show(filters: DeliveryFilters): void {
  window.history.replaceState(null, '', deliveriesPath(filters));
}

/** Another page of the list is one to come back from. */
function turnTo(filters: DeliveryFilters, place: Place): void {
  window.history.pushState(null, '', deliveriesPath(filters, place));
  window.scrollTo(0, 0);
}

interface ListProps {
  filters: DeliveryFilters;
  place: Place;
  list: ReturnType<typeof useDeliveries>;
  onSentAgain(): void;
}

function List({ filters, place, list, onSentAgain }: ListProps) {
  const { deliveries, pageInfo, error, isLoading } = list;
  // The address names a destination or a place that is none.
  if (isNotUnderstood(error)) return <NothingFound />;
  if (error && !deliveries) {
    return (
      <Notice
        icon={<IconCloudOff size={28} stroke={1.6} />}
        title="The deliveries cannot be shown"
        action={<RetryButton onClick={list.retry} loading={isLoading} />}
      >
        {sentenceFor(error)}
      </Notice>
    );
  }
  if (!deliveries) return <DeliveryTableSkeleton />;
  const isElsewhere = place.after !== null || place.before !== null;
  if (deliveries.length === 0 && !isLoading) {
    return isFiltered(filters) || isElsewhere ? <NothingFound /> : <NothingYet />;
  }
  const { hasPreviousPage, hasNextPage, startCursor, endCursor } = pageInfo ?? {};
  const newer = hasPreviousPage && startCursor;
  const older = hasNextPage && endCursor;
  return (
    <>
      <DeliveryTable deliveries={deliveries} stale={isLoading} onSentAgain={onSentAgain} />
      {(isElsewhere || newer || older) && (
        <nav className={classes.pages} aria-label="Pages">
          <Button variant="default" disabled={!isElsewhere} onClick={() => turnTo(filters, newest)}>
            Newest
          </Button>
          <Button
            variant="default"
            disabled={!newer}
            onClick={() => newer && turnTo(filters, { after: null, before: newer })}
          >
            Newer
          </Button>
          <Button
            variant="default"
            disabled={!older}
            onClick={() => older && turnTo(filters, { after: older, before: null })}
          >
            Older
          </Button>
        </nav>
      )}
    </>
  );
}

function NothingYet() {
  const { data } = useQuery(viewerQuery);
  const known = useQuery(knownDestinations);
  const administers = data?.viewer.sites.some(({ viewerCanAdministrate }) => viewerCanAdministrate);
  const hasDestinations = known.data && known.data.destinations.length > 0;
  if (hasDestinations) {
    return (
      <Notice icon={<IconSend size={28} stroke={1.6} />} title="Nothing was sent yet">
        What is read from now on is sent by itself and appears here.
      </Notice>
    );
  }
  return (
    <Notice
      icon={<IconSend size={28} stroke={1.6} />}
      title="Results are sent nowhere yet"
      action={
        administers ? (
          <Button component={Link} href="/destinations">
            Add a destination
          </Button>
        ) : (
          <Button component={Link} href="/" variant="default">
            To the worklist
          </Button>
        )
      }
    >
      {administers
        ? 'Add the archive or the record of your hospital, and what is read from then on is sent there.'
        : 'The administrators of your site can have results sent to the archive or the record of your hospital.'}
    </Notice>
  );
}

function NothingFound() {
  return (
    <Notice
      icon={<IconSearch size={28} stroke={1.6} />}
      title="No delivery matches"
      action={
        <Button variant="default" onClick={() => show(anything)}>
          Show all deliveries
        </Button>
      }
    >
      Nothing fits these filters right now.
    </Notice>
  );
}
