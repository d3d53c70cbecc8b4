'use client';

import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconCloudOff, IconHistory, IconLock } from '@tabler/icons-react';
import { useSearchParams } from 'next/navigation';
import { isNotUnderstood, sentenceFor } from '../api/failure';
import { viewerQuery } from '../api/study-parts';
import { Notice, RetryButton } from '../page/notice';
import { PageTitle } from '../page/page-title';
import classes from './audit-page.module.css';
import { AuditTable } from './audit-table';
import { ExportButton } from './export-button';
import { FilterBar } from './filter-bar';
import { type AuditFilters, auditPath, everything, readFilters } from './filters';
import { useAudit } from './use-audit';

export function AuditPage() {
  const { data } = useQuery(viewerQuery);
  if (data && !data.viewer.readsAudit) {
    return (
      <Notice icon={<IconLock size={28} stroke={1.6} />} title="The audit trail is for auditors" heading={1}>
        Auditors and administrators of your organization read who did and who saw what.
      </Notice>
    );
  }
  return <Trail />;
}

function Trail() {
  const query = useSearchParams();
  const filters = readFilters(query);
  const after = query.get('after');
  const list = useAudit(filters, after);
  return (
    <>
      <PageTitle
        title="Audit"
        text="Who did and who saw what. Nothing here is ever changed or removed."
        side={<ExportButton filters={filters} />}
      />
      <FilterBar filters={filters} onChange={show} />
      <div className={classes.panel} aria-busy={list.isLoading}>
        <Entries filters={filters} isElsewhere={after !== null} list={list} />
      </div>
    </>
  );
}

/** Puts the filters into the address without leaving the page. */
function show(filters: AuditFilters): void {
  window.history.replaceState(null, '', auditPath(filters));
}

/** Another page of the list is one to come back from. */
function turnTo(filters: AuditFilters, after: string | null): void {
  window.history.pushState(null, '', auditPath(filters, after));
  window.scrollTo(0, 0);
}

interface EntriesProps {
  filters: AuditFilters;
  isElsewhere: boolean;
  list: ReturnType<typeof useAudit>;
}

function Entries({ filters, isElsewhere, list }: EntriesProps) {
  const { entries, next, error, isLoading, retry } = list;
  // The address names a person, an object or a place that is none.
  if (isNotUnderstood(error) || (entries?.length === 0 && !isLoading)) {
    return (
      <Notice
        icon={<IconHistory size={28} stroke={1.6} />}
        title="No entry matches"
        action={
          <Button variant="default" onClick={() => show(everything)}>
            Show all entries
          </Button>
        }
      >
        Nothing fits these filters.
      </Notice>
    );
  }
  if (error && !entries) {
    return (
      <Notice
        icon={<IconCloudOff size={28} stroke={1.6} />}
        title="The audit trail cannot be shown"
        action={<RetryButton onClick={retry} loading={isLoading} />}
      >
        {sentenceFor(error)}
      </Notice>
    );
  }
  if (!entries)
    return <Skeleton height={420} radius={0} role="status" aria-label="Loading the audit trail" />;
  return (
    <>
      <AuditTable entries={entries} filters={filters} stale={isLoading} />
      {(isElsewhere || next) && (
        <nav className={classes.pages} aria-label="Pages">
          <Button variant="default" disabled={!isElsewhere} onClick={() => turnTo(filters, null)}>
            Newest
          </Button>
          <Button variant="default" disabled={!next} onClick={() => turnTo(filters, next)}>
            Older
          </Button>
        </nav>
      )}
    </>
  );
}
