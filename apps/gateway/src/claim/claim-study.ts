import type { ChangeAnnouncement } from '@lucency/contracts';
import type { Pool, PoolClient } from 'pg';
import { aboutStudy } from '../audit/entries.js';
import { asTenant } from '../database/tenant.js';
import type { ReviewState } from '../generated/prisma/enums.js';
import type { Viewer } from '../identity/viewer.js';
import { authorOf } from '../study/actor.js';
import { moveStudies } from '../study/move-studies.js';
import { NotFoundError, StateError } from '../submission/errors.js';

/**
 * Longer than anyone looks at one chest X-ray without touching the page, which claims again while its reader works; and
 * short enough that a study left open at the end of a shift is free before it is missed.
 */
export const claimMinutes = 15;

interface StudyRow {
  siteId: string;
  withdrawn: boolean;
  reviewState: ReviewState;
  holder: string | null;
}

/**
 * Marks a study as the one this person reads, for the next 15 minutes; claiming it again extends that.
 * @throws NotFoundError or StateError, which says who reads it
 */
export function claimStudy(
  { pool }: { pool: Pool },
  viewer: Viewer,
  studyId: string,
): Promise<ChangeAnnouncement | null> {
  return asTenant(pool, viewer, async (client) => {
    const claimed = await client.query<{ held: boolean }>(
      'SELECT claim_study($1, make_interval(mins => $2)) AS held',
      [studyId, claimMinutes],
    );
    const study = await readStudy(client, viewer, studyId);
    if (!claimed.rows[0]?.held) throw refusalOf(study);
    return moveStudies(client, authorOf(viewer), {
      written: [{ id: studyId, siteId: study.siteId }],
      entries: [aboutStudy('STUDY_CLAIMED', { id: studyId, siteId: study.siteId })],
    });
  });
}

/**
 * Lets go of a study; one that this person does not hold stays as it is.
 * @returns null where nothing changed
 * @throws NotFoundError
 */
export function releaseStudy(
  { pool }: { pool: Pool },
  viewer: Viewer,
  studyId: string,
): Promise<ChangeAnnouncement | null> {
  return asTenant(pool, viewer, async (client) => {
    const released = await client.query<{ released: boolean }>('SELECT release_study($1) AS released', [
      studyId,
    ]);
    const study = await readStudy(client, viewer, studyId);
    if (!released.rows[0]?.released) return null;
    return moveStudies(client, authorOf(viewer), {
      written: [{ id: studyId, siteId: study.siteId }],
      entries: [aboutStudy('STUDY_RELEASED', { id: studyId, siteId: study.siteId })],
    });
  });
}

async function readStudy(client: PoolClient, viewer: Viewer, studyId: string): Promise<StudyRow> {
  const found = await client.query<StudyRow>(
    `SELECT site_id AS "siteId", withdrawn_at IS NOT NULL AS withdrawn, review_state AS "reviewState",
       (SELECT name FROM person WHERE id = claimed_by_id) AS holder FROM study WHERE id = $1`,
    [studyId],
  );
  const [study] = found.rows;
  if (!study || !viewer.reviewableSiteIds.includes(study.siteId))
    throw new NotFoundError('There is no such study that you may review.');
  return study;
}

function refusalOf({ withdrawn, reviewState, holder }: StudyRow): StateError {
  if (withdrawn) return new StateError('This study was withdrawn.');
  if (reviewState !== 'NONE') return new StateError('This study was reviewed. An addendum needs no claim.');
  return heldBy(holder);
}

export function heldBy(holder: string | null): StateError {
  return new StateError(`${holder ?? 'Another person'} is reading this study.`);
}
