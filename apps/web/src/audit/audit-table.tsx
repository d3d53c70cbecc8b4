import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { AuditLineFragment } from '../gql/graphql';
import classes from './audit-table.module.css';
import { type AuditFilters, auditPath } from './filters';
import { actionWords, detailWords, unknownAction, whoOf } from './words';

export interface AuditTableProps {
  entries: readonly AuditLineFragment[];
  filters: AuditFilters;
  stale: boolean;
}

/** Newest first. A name narrows the list to that person; the study opens, or shows all that concerns it. */
export function AuditTable({ entries, filters, stale }: AuditTableProps) {
  return (
    <table className={classes.table} data-stale={stale || undefined} aria-label="Audit trail">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Site</th>
          <th scope="col">Study</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} filters={filters} />
        ))}
      </tbody>
    </table>
  );
}

function AuditRow({ entry, filters }: { entry: AuditLineFragment; filters: AuditFilters }) {
  const { at, action, person, site, studyId, details } = entry;
  const more = detailWords(details);
  return (
    <tr>
      <td className={classes.when}>
        <time dateTime={at}>{new Date(at).toLocaleString()}</time>
      </td>
      <td>
        {person ? (
          <Anchor component={Link} href={auditPath({ ...filters, person: person.id })} prefetch={false}>
            {person.name}
          </Anchor>
        ) : (
          whoOf(entry)
        )}
      </td>
      <td>
        {action ? actionWords[action] : unknownAction}
        {more && <span className={classes.more}>{more}</span>}
      </td>
      <td>{site?.name ?? 'All sites'}</td>
      <td className={classes.links}>
        {studyId && (
          <>
            <Anchor component={Link} href={`/studies/${encodeURIComponent(studyId)}`} prefetch={false}>
              Open
            </Anchor>
            <Anchor component={Link} href={auditPath({ ...filters, object: studyId })} prefetch={false}>
              Its entries
            </Anchor>
          </>
        )}
      </td>
    </tr>
  );
}
