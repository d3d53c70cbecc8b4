import { Skeleton } from '@mantine/core';
import Link from 'next/link';
import { ageInWords } from '../findings/age';
import { cautionInWords } from '../findings/caution';
import { claimInShort } from '../findings/claim';
import { leadingReading } from '../findings/leading-reading';
import { Moment } from '../findings/moment';
import { ProbabilityBar } from '../findings/probability-bar';
import { verdictOf } from '../findings/verdict';
import { VerdictBadge } from '../findings/verdict-badge';
import { WaitingTime } from '../findings/waiting-time';
import type { StudyLineFragment } from '../gql/graphql';
import { Holder } from '../review/holder';
import { reviewInWords } from '../review/words';
import classes from './study-table.module.css';

const columns = ['Patient', 'Result', 'Probability', 'Site', 'Age', 'Waiting', 'Submitted'] as const;

/** One table for every width: on a narrow screen its rows are laid out as cards. */
export function StudyTable({ studies, stale }: { studies: readonly StudyLineFragment[]; stale: boolean }) {
  return (
    <table className={classes.table} data-stale={stale || undefined} aria-label="Studies">
      <Head />
      <tbody>
        {studies.map((study) => (
          <StudyRow key={study.id} study={study} />
        ))}
      </tbody>
    </table>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function StudyRow({ study }: { study: StudyLineFragment }) {
  const reading = study.withdrawal ? null : leadingReading(study);
  return (
    <tr data-withdrawn={study.withdrawal ? true : undefined}>
      <td className={classes.patient}>
        <Link href={`/studies/${encodeURIComponent(study.id)}`} className={classes.link} prefetch={false}>
          {study.patientReference}
        </Link>
        {study.priority === 'STAT' && <span className={classes.stat}>STAT</span>}
      </td>
      <td className={classes.verdict}>
        <VerdictBadge verdict={verdictOf(study)} />
        {reviewInWords[study.reviewState] && (
          <span className={classes.reviewed}>{reviewInWords[study.reviewState]}</span>
        )}
        <Holder claim={study.claim} className={classes.reviewed} />
        {reading && <Reservations study={study} reading={reading} />}
      </td>
      <td className={classes.probability}>
        {reading ? (
          <ProbabilityBar
            probability={reading.probability}
            threshold={reading.threshold}
            isReliable={study.intendedUse.withinRange}
          />
        ) : (
          <span className={classes.none}>{study.readingReason ? 'no reading' : '–'}</span>
        )}
      </td>
      <td className={classes.site}>{study.site.name}</td>
      <td className={classes.age}>{ageInWords(study.patientAgeMonths, 'short')}</td>
      <td className={classes.waiting}>{isWaiting(study) && <WaitingTime since={study.createdAt} />}</td>
      <td className={classes.when}>
        <Moment at={study.createdAt} />
      </td>
    </tr>
  );
}

function isWaiting({ reviewState, withdrawal }: StudyLineFragment): boolean {
  return !withdrawal && (reviewState === 'NONE' || reviewState === 'CLAIMED');
}

type Reading = NonNullable<StudyLineFragment['images'][number]['reading']>;

/** What qualifies the verdict above it. */
function Reservations({ study, reading }: { study: StudyLineFragment; reading: Reading }) {
  const words = [
    claimInShort(reading),
    ...study.cautions.map(({ code }) => cautionInWords(code).short),
    ...reading.cautions.map(({ code }) => cautionInWords(code).short),
  ];
  const said = words.filter((word) => word !== null);
  return said.length > 0 && <span className={classes.reservations}>{said.join(' · ')}</span>;
}

const skeletonRows = [1, 2, 3, 4, 5, 6, 7, 8];

/** The table's shape while its first rows are on their way. */
export function StudyTableSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="Loading studies">
      {skeletonRows.map((row) => (
        <div key={row} className={classes.skeletonRow}>
          <Skeleton height={14} width={120} />
          <Skeleton height={24} width={150} radius="xl" />
          <Skeleton height={14} width={130} />
          <Skeleton height={14} width={90} />
        </div>
      ))}
    </div>
  );
}
