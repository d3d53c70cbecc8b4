import type { ChangeAnnouncement } from '@lucency/contracts';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { heldBy } from '../claim/claim-study.js';
import { asTenant } from '../database/tenant.js';
import { addDeliveries } from '../delivery/add-deliveries.js';
import type { Decision, Priority, ReadingState, ReviewOpinion } from '../generated/prisma/enums.js';
import type { Viewer } from '../identity/viewer.js';
import { authorOf } from '../study/actor.js';
import { moveStudies } from '../study/move-studies.js';
import { InputError, NotFoundError, StateError } from '../submission/errors.js';
import { freeText } from '../submission/free-text.js';
import type { Finding } from './findings.js';

export interface NewReview {
  studyId: string;
  opinion: ReviewOpinion;
  finding: Finding;
  comment: string | null;
  /** How many reviews of the study its author has seen. */
  reviewsSeen: number;
}

const maxCommentLength = 2_000;

/**
 * Signs a review, or an addendum where the study has one. A review needs no claim, but is refused while another person holds
 * one. What is signed stays as it is for ever. The same review sent again,
 * as after a lost answer, is the first one.
 * @returns null where it was signed before
 * @throws InputError, NotFoundError or StateError
 */
export async function signReview(
  { pool }: { pool: Pool },
  viewer: Viewer,
  given: NewReview,
): Promise<ChangeAnnouncement | null> {
  const review = {
    ...given,
    comment: given.comment?.trim() ? freeText('comment', given.comment, maxCommentLength) : '',
  };
  if (review.finding === 'OTHER' && review.comment === '')
    throw new InputError('comment', 'Say in the comment what was found.');
  try {
    return await asTenant(pool, viewer, (client) => signOnce(client, viewer, review));
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (error.constraint === numberKey) throw signedMeanwhile();
    if (error.constraint === 'study_claim_held') throw await heldByAnother(pool, viewer, review.studyId);
    throw error;
  }
}

const numberKey = 'review_organization_id_site_id_study_id_number_key';

interface StudyRow {
  siteId: string;
  withdrawn: boolean;
  readingState: ReadingState;
  decision: Decision | null;
  probability: number | null;
  priority: Priority;
}

interface SignedRow {
  number: number;
  opinion: ReviewOpinion;
  finding: string;
  comment: string;
  signedById: string;
}

async function signOnce(
  client: PoolClient,
  viewer: Viewer,
  { studyId, opinion, finding, comment, reviewsSeen }: NewReview & { comment: string },
): Promise<ChangeAnnouncement | null> {
  const study = await readStudy(client, viewer, studyId);
  if (study.withdrawn) throw new StateError('This study was withdrawn.');
  if (study.readingState === 'RECEIVED' || study.readingState === 'QUEUED')
    throw new StateError('This study is still being read. Sign once it is.');
  const last = await lastReview(client, studyId);
  const signed = last?.number ?? 0;
  if (last && signed === reviewsSeen + 1 && last.signedById === viewer.personId) {
    const isSame = last.opinion === opinion && last.finding === finding && last.comment === comment;
    if (isSame) return null;
  }
  if (signed !== reviewsSeen) throw signedMeanwhile();
  const written = await client.query<{ id: string }>(
    `INSERT INTO review (organization_id, site_id, study_id, number, opinion, finding, comment, decision, probability,
       signed_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      viewer.organizationId,
      study.siteId,
      studyId,
      signed + 1,
      opinion,
      finding,
      comment,
      study.decision,
      study.probability,
      viewer.personId,
    ],
  );
  const reviewed = await client.query<{ imageId: string }>(
    `SELECT id AS "imageId" FROM image WHERE organization_id = $1 AND site_id = $2 AND study_id = $3
     AND view NOT IN ('LATERAL', 'OTHER')`,
    [viewer.organizationId, study.siteId, studyId],
  );
  await addDeliveries(
    client,
    viewer.organizationId,
    'REVIEW',
    reviewed.rows.flatMap(({ imageId }) =>
      written.rows.map(({ id }) => ({
        siteId: study.siteId,
        studyId,
        imageId,
        sourceId: id,
        priority: study.priority,
      })),
    ),
  );
  const { siteId } = study;
  return moveStudies(client, authorOf(viewer), {
    written: [{ id: studyId, siteId }],
    entries: written.rows.map(({ id }) => ({
      action: 'REVIEW_SIGNED',
      object: { type: 'Review', id },
      siteId,
      studyId,
      details: { number: String(signed + 1) },
    })),
  });
}

async function readStudy(client: PoolClient, viewer: Viewer, studyId: string): Promise<StudyRow> {
  const found = await client.query<StudyRow>(
    `SELECT site_id AS "siteId", withdrawn_at IS NOT NULL AS withdrawn, reading_state AS "readingState", decision,
       probability, priority FROM study WHERE id = $1`,
    [studyId],
  );
  const [study] = found.rows;
  if (!study || !viewer.reviewableSiteIds.includes(study.siteId))
    throw new NotFoundError('There is no such study that you may review.');
  return study;
}

/** The database refuses what is signed while another person holds the study; it says nothing of who that is. */
async function heldByAnother(pool: Pool, viewer: Viewer, studyId: string): Promise<StateError> {
  const found = await asTenant(pool, viewer, (client) =>
    client.query<{ holder: string }>(
      'SELECT person.name AS holder FROM study JOIN person ON person.id = claimed_by_id WHERE study.id = $1',
      [studyId],
    ),
  );
  return heldBy(found.rows[0]?.holder ?? null);
}

async function lastReview(client: PoolClient, studyId: string): Promise<SignedRow | undefined> {
  const found = await client.query<SignedRow>(
    `SELECT number, opinion, finding, comment, signed_by_id AS "signedById" FROM review
     WHERE study_id = $1 ORDER BY number DESC LIMIT 1`,
    [studyId],
  );
  return found.rows[0];
}

function signedMeanwhile(): StateError {
  return new StateError('Somebody has signed this study meanwhile. Look at it again before you add to it.');
}
