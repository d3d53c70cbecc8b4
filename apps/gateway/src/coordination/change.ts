import type { ChangeAnnouncement } from '@lucency/messaging';
import type { PoolClient } from 'pg';

export interface ChangedStudy {
  id: string;
  siteId: string;
}

/**
 * Raises the organization's revision; the last statement of every transaction that changes studies, because
 * the row stays locked until the commit.
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
  return { organizationId, revision: Number(raised.rows[0]?.revision), studies };
}
