import type { ChangeAnnouncement } from '@lucency/contracts';
import type { PoolClient } from 'pg';

export interface ChangedStudy {
  id: string;
  siteId: string;
}

/**
 * Raises the revisions of the organization and of the sites; the last statements of every transaction that changes
 * studies, because the rows stay locked until the commit. The organization's first: it keeps others from the sites.
 */
export async function raiseRevision(
  client: PoolClient,
  organizationId: string,
  studies: ChangedStudy[],
): Promise<ChangeAnnouncement> {
  const raised = await client.query<{ revision: string }>(
    'UPDATE organization SET revision = revision + 1 WHERE id = $1 RETURNING revision',
    [organizationId],
  );
  const sites = await client.query<{ id: string; revision: string }>(
    'UPDATE site SET revision = revision + 1 WHERE organization_id = $1 AND id = ANY ($2) RETURNING id, revision',
    [organizationId, [...new Set(studies.map(({ siteId }) => siteId))]],
  );
  return {
    organizationId,
    revision: Number(raised.rows[0]?.revision),
    studies,
    sites: sites.rows.map(({ id, revision }) => ({ id, revision: Number(revision) })),
  };
}
