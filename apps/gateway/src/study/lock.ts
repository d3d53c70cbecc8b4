import type { Priority } from '@lucency/contracts';
import type { PoolClient } from 'pg';
import { NotFoundError } from '../submission/errors.js';

export interface LockedStudy {
  id: string;
  siteId: string;
  priority: Priority;
  patientReference: string;
  patientAgeMonths: number | null;
  cautions: string[];
  withdrawn: boolean;
}

/**
 * Locks a study for a change; row-level security hides those the viewer may not change.
 * @throws NotFoundError
 */
export async function lockStudy(client: PoolClient, studyId: string): Promise<LockedStudy> {
  const locked = await client.query<LockedStudy>(
    `SELECT id, site_id AS "siteId", priority, patient_reference AS "patientReference",
       patient_age_months AS "patientAgeMonths", cautions, withdrawn_at IS NOT NULL AS withdrawn
     FROM study WHERE id = $1 FOR UPDATE`,
    [studyId],
  );
  const [study] = locked.rows;
  if (!study) throw new NotFoundError('There is no such study that you may change.');
  return study;
}
