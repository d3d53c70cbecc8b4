import type { PoolClient } from 'pg';
import { NotFoundError } from '../submission/errors.js';

export interface LockedStudy {
  id: string;
  siteId: string;
  readingState: string;
  explanationState: string;
  withdrawn: boolean;
}

/**
 * Locks a study for a change; row-level security hides those the viewer may not change.
 * @throws NotFoundError
 */
export async function lockStudy(client: PoolClient, studyId: string): Promise<LockedStudy> {
  const locked = await client.query<LockedStudy>(
    `SELECT id, site_id AS "siteId", reading_state AS "readingState", explanation_state AS "explanationState",
       withdrawn_at IS NOT NULL AS withdrawn
     FROM study WHERE id = $1 FOR UPDATE`,
    [studyId],
  );
  const [study] = locked.rows;
  if (!study) throw new NotFoundError('There is no such study that you may change.');
  return study;
}
