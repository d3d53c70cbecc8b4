import type { ChangeAnnouncement } from '@lucency/contracts';
import { currentTraceparent } from '@lucency/service-kit';
import { DatabaseError, type Pool } from 'pg';
import { aboutStudy } from '../../audit/entries.js';
import { asTenant } from '../../database/tenant.js';
import type { Viewer } from '../../identity/viewer.js';
import { ConflictError, StateError } from '../../submission/errors.js';
import { authorOf } from '../actor.js';
import { lockStudy } from '../lock.js';
import { moveStudies } from '../move-studies.js';

/** Starts the failed work of a study anew; the dispatcher takes what NATS still holds of it away. @throws NotFoundError, StateError or ConflictError */
export async function retryStudy(
  { pool }: { pool: Pool },
  viewer: Viewer,
  studyId: string,
): Promise<ChangeAnnouncement | null> {
  try {
    return await asTenant(pool, viewer, async (client) => {
      const study = await lockStudy(client, studyId);
      if (study.withdrawn) throw new StateError('This study was withdrawn. Submit the image again.');
      const failed = await client.query<{ id: string }>(
        `SELECT id FROM task
         WHERE study_id = $1 AND state = 'FAILED' AND kind <> 'score' ORDER BY id FOR UPDATE`,
        [studyId],
      );
      if (failed.rows.length === 0) throw new StateError('Nothing in this study has failed.');
      await client.query(
        `UPDATE task SET state = 'PENDING', reason = NULL, attempt = attempt + 1, tries = 0, due_at = now(),
           dispatched_at = NULL, settled_at = NULL, traceparent = $2 WHERE id = ANY ($1)`,
        [failed.rows.map(({ id }) => id), currentTraceparent()],
      );
      // Told even where the study shows nothing new, so that the dispatcher looks at once.
      return await moveStudies(client, authorOf(viewer), {
        moved: [study.id],
        touched: [study.id],
        entries: [aboutStudy('STUDY_RETRIED', study)],
      });
    });
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === 'study_content') {
      const newer = await newerTwin(pool, viewer, studyId);
      if (newer)
        throw new ConflictError('The same image was submitted again since; see the newer study.', newer);
      throw new StateError('This study was changed by someone else just now. Try again.');
    }
    throw error;
  }
}

/** The study of the same images that took the place of a failed one; null once it has failed or was withdrawn itself. */
async function newerTwin(pool: Pool, viewer: Viewer, studyId: string): Promise<string | null> {
  const found = await asTenant(pool, viewer, (client) =>
    client.query<{ id: string }>(
      `SELECT newer.id FROM study JOIN study newer
         ON (newer.organization_id, newer.site_id, newer.content_hash)
           = (study.organization_id, study.site_id, study.content_hash)
       WHERE study.id = $1 AND newer.id <> study.id AND newer.reading_state <> 'FAILED'
         AND newer.withdrawn_at IS NULL`,
      [studyId],
    ),
  );
  return found.rows[0]?.id ?? null;
}
