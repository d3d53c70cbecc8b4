'use client';

import { useQuery } from '@apollo/client/react';
import { Button, Modal, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCloudOff, IconPlus, IconServer } from '@tabler/icons-react';
import Link from 'next/link';
import { sentenceFor } from '../api/failure';
import { viewerQuery } from '../api/study-parts';
import type { DestinationLineFragment, ViewerQuery } from '../gql/graphql';
import { Notice, RetryButton } from '../page/notice';
import { PageTitle } from '../page/page-title';
import { DestinationCard } from './destination-card';
import { destinationsQuery } from './destination-documents';
import { DestinationForm } from './destination-form';
import classes from './destinations-page.module.css';

export function DestinationsPage() {
  const viewer = useQuery(viewerQuery);
  const query = useQuery(destinationsQuery, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const sites = viewer.data?.viewer.sites;
  const destinations = query.data?.destinations;
  const error = viewer.error ?? query.error;
  const retry = () => void Promise.all([viewer.refetch(), query.refetch()]).catch(() => undefined);
  return (
    <>
      <PageTitle
        title="Destinations"
        text="Archives and records that take the results of your sites. What is read after one was added is sent there by itself."
      />
      {sites && destinations && <Sites sites={sites} destinations={destinations} />}
      {!(sites && destinations) && error && (
        <Notice
          icon={<IconCloudOff size={28} stroke={1.6} />}
          title="The destinations cannot be shown"
          action={<RetryButton loading={viewer.loading || query.loading} onClick={retry} />}
        >
          {sentenceFor(error)}
        </Notice>
      )}
      {!(sites && destinations) && !error && (
        <div role="status" aria-label="Loading the destinations" className={classes.loading}>
          <Skeleton height={26} width={200} mb={16} />
          <Skeleton height={170} radius="lg" maw={620} />
        </div>
      )}
    </>
  );
}

type Site = ViewerQuery['viewer']['sites'][number];

interface SitesProps {
  sites: readonly Site[];
  destinations: readonly DestinationLineFragment[];
}

function Sites({ sites, destinations }: SitesProps) {
  const shown = sites
    .map((site) => ({ site, its: destinations.filter((destination) => destination.site.id === site.id) }))
    .filter(({ site, its }) => site.viewerCanAdministrate || its.length > 0);
  if (shown.length === 0) {
    return (
      <Notice
        icon={<IconServer size={28} stroke={1.6} />}
        title="Results are sent nowhere yet"
        action={
          <Button component={Link} href="/" variant="default">
            To the worklist
          </Button>
        }
      >
        The administrators of your site can have results sent to the archive or the record of your hospital.
      </Notice>
    );
  }
  return shown.map(({ site, its }) => <SiteSection key={site.id} site={site} destinations={its} />);
}

function SiteSection({
  site,
  destinations,
}: {
  site: Site;
  destinations: readonly DestinationLineFragment[];
}) {
  const [adding, { open, close }] = useDisclosure(false);
  const canAdministrate = site.viewerCanAdministrate;
  return (
    <section className={classes.site} aria-labelledby={`site-${site.id}`}>
      <div className={classes.head}>
        <h2 id={`site-${site.id}`} className={classes.title}>
          {site.name}
        </h2>
        {canAdministrate && (
          <Button
            variant="default"
            leftSection={<IconPlus size={17} aria-hidden />}
            aria-label={`Add a destination at ${site.name}`}
            onClick={open}
          >
            Add a destination
          </Button>
        )}
      </div>
      {destinations.length === 0 ? (
        <p className={classes.none}>Results of this site are sent nowhere yet.</p>
      ) : (
        <ul className={classes.destinations} aria-label={`Destinations of ${site.name}`}>
          {destinations.map((destination) => (
            <DestinationCard
              key={destination.id}
              destination={destination}
              canAdministrate={canAdministrate}
            />
          ))}
        </ul>
      )}
      <Modal
        opened={adding}
        onClose={close}
        title={`Add a destination at ${site.name}`}
        size="lg"
        centered
        radius="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <DestinationForm siteId={site.id} onSaved={close} onCancel={close} />
      </Modal>
    </section>
  );
}
