'use client';

import { Button } from '@mantine/core';
import { IconCloudOff, IconLungs, IconSearch, IconUpload } from '@tabler/icons-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useRef } from 'react';
import { isNotUnderstood, sentenceFor } from '../api/failure';
import type { StudyLineFragment } from '../gql/graphql';
import { Notice, RetryButton } from '../page/notice';
import { PageTitle } from '../page/page-title';
import { FilterBar } from './filter-bar';
import { isFiltered, pageSize, readFilters, readRows, type WorklistFilters, worklistPath } from './filters';
import { useKeptPlace } from './kept-place';
import { StudyTable, StudyTableSkeleton } from './study-table';
import { useRowKeys } from './use-row-keys';
import { useSteadyRows } from './use-steady-rows';
import { useWorklist } from './use-worklist';
import classes from './worklist.module.css';

const anything: WorklistFilters = {
  state: 'all',
  site: null,
  statOnly: false,
  reference: '',
  order: 'NEWEST_FIRST',
};

export function Worklist() {
  const query = useSearchParams();
  const filters = readFilters(query);
  const rows = readRows(query);
  const worklist = useWorklist(filters, rows);
  useKeptPlace(worklist.isComplete);
  return (
    <>
      <PageTitle
        title="Worklist"
        side={
          <Button component={Link} href="/submit" leftSection={<IconUpload size={17} aria-hidden />}>
            Submit X-rays
          </Button>
        }
      />
      <FilterBar filters={filters} onChange={(changed) => show(changed)} />
      <div className={classes.panel} aria-busy={worklist.isLoading}>
        <WorklistBody filters={filters} rows={rows} worklist={worklist} />
      </div>
    </>
  );
}

/** Puts filters and length of the list into the address without leaving the page. */
function show(filters: WorklistFilters, rows?: number): void {
  window.history.replaceState(null, '', worklistPath(filters, rows));
}

interface BodyProps {
  filters: WorklistFilters;
  rows: number;
  worklist: ReturnType<typeof useWorklist>;
}

function WorklistBody({ filters, rows, worklist }: BodyProps) {
  const { studies, error, isLoading } = worklist;
  // The address names a site that is none.
  if (isNotUnderstood(error)) return <NothingFound />;
  if (error && !studies) {
    return (
      <Notice
        icon={<IconCloudOff size={28} stroke={1.6} />}
        title="The worklist cannot be shown"
        action={<RetryButton onClick={worklist.retry} loading={isLoading} />}
      >
        {sentenceFor(error)}
      </Notice>
    );
  }
  if (!studies) return <StudyTableSkeleton />;
  if (studies.length === 0 && !isLoading) {
    return isFiltered(filters) ? <NothingFound /> : <NothingYet />;
  }
  return <FilledList filters={filters} rows={rows} worklist={worklist} studies={studies} />;
}

interface FilledProps extends BodyProps {
  studies: readonly StudyLineFragment[];
}

/** The rows, which stay where they are while somebody points at them. */
function FilledList({ filters, rows, worklist, studies }: FilledProps) {
  const list = useRef<HTMLDivElement>(null);
  const note = useRowKeys(list);
  const steady = useSteadyRows(worklistPath(filters), studies);
  const loadMore = () => {
    show(filters, Math.max(rows, studies.length) + pageSize);
    worklist.loadMore();
  };
  return (
    <>
      <div ref={list} {...steady.handlers}>
        {steady.waiting > 0 && (
          <div className={classes.fresh}>
            <Button size="compact-sm" radius="xl" onClick={steady.showLatest}>
              {steady.waiting} new
            </Button>
          </div>
        )}
        <StudyTable studies={steady.rows} stale={worklist.isLoading} />
      </div>
      <p role="status" className={classes.note}>
        {note}
      </p>
      {worklist.hasMore && (
        <div className={classes.more}>
          <Button variant="default" onClick={loadMore} loading={worklist.isLoadingMore}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

function NothingYet() {
  return (
    <Notice
      icon={<IconLungs size={30} stroke={1.6} />}
      title="No studies yet"
      action={
        <Button component={Link} href="/submit">
          Submit the first X-ray
        </Button>
      }
    >
      Submit a frontal chest X-ray as DICOM, JPEG or PNG. Its result appears here by itself, usually within
      seconds.
    </Notice>
  );
}

function NothingFound() {
  return (
    <Notice
      icon={<IconSearch size={28} stroke={1.6} />}
      title="No study matches"
      action={
        <Button variant="default" onClick={() => show(anything)}>
          Show all studies
        </Button>
      }
    >
      Nothing fits these filters right now. New studies that do will appear here by themselves.
    </Notice>
  );
}
