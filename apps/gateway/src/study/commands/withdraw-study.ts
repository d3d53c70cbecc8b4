import type { ChangeAnnouncement } from '@lucency/contracts';
import type { Pool } from 'pg';
import { aboutStudy } from '../../audit/entries.js';
import { asTenant } from '../../database/tenant.js';
import type { Viewer } from '../../identity/viewer.js';
import { StateError } from '../../submission/errors.js';
import { freeText } from '../../submission/free-text.js';
import { authorOf } from '../actor.js';
import { lockStudy } from '../lock.js';
import { moveStudies } from '../move-studies.js';

const maxReasonLength = 500;

/**
 * Takes a study back, as after a mix-up of patients: its images are no longer shown and open work is cancelled.
 * @throws InputError, NotFoundError or StateError
 */
export async function withdrawStudy(
  { pool }: { pool: Pool },
  viewer: Viewer,
  studyId: string,
  reason: string,
): Promise<ChangeAnnouncement | null> {
  const text = freeText('reason', reason, maxReasonLength);
  return asTenant(pool, viewer, async (client) => {
    const study = await lockStudy(client, studyId);
    if (study.withdrawn) throw new StateError('This study was already withdrawn.');
    await client.query(
      `UPDATE study SET updated_at = now(), withdrawn_at = now(), withdrawn_reason = $2, withdrawn_by_id = $3
       WHERE id = $1`,
      [studyId, text, viewer.personId],
    );
    await client.query(
      `UPDATE task SET state = 'CANCELLED', settled_at = now() WHERE study_id = $1 AND state = 'PENDING'`,
      [studyId],
    );
    return moveStudies(client, authorOf(viewer), {
      written: [{ id: study.id, siteId: study.siteId }],
      entries: [aboutStudy('STUDY_WITHDRAWN', study)],
    });
  });
}
