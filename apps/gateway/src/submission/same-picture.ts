import type { PoolClient } from 'pg';

/** Enough for a person to recognize a mix-up; a test picture may have been sent under hundreds. */
const mostPatients = 5;

/**
 * References of other patients under which exactly these bytes were submitted before, the newest first: one of them
 * may be a mix-up. Only of studies that the tenant of the transaction may see, and that were not withdrawn.
 * @param patientReference whose picture it is said to be, if that is known
 */
export async function otherPatients(
  client: PoolClient,
  organizationId: string,
  sha256: string,
  patientReference: string | null,
): Promise<string[]> {
  const found = await client.query<{ reference: string }>(
    `SELECT s.patient_reference AS reference
     FROM image i JOIN study s ON (s.organization_id, s.site_id, s.id) = (i.organization_id, i.site_id, i.study_id)
     WHERE i.organization_id = $1 AND i.sha256 = $2 AND s.withdrawn_at IS NULL
       AND s.patient_reference IS DISTINCT FROM $3
     GROUP BY s.patient_reference ORDER BY max(s.created_at) DESC LIMIT ${mostPatients}`,
    [organizationId, sha256, patientReference],
  );
  return found.rows.map(({ reference }) => reference);
}
