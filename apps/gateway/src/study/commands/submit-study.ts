import { randomUUID } from 'node:crypto';
import type { ChangeAnnouncement, SubmissionCautionCode } from '@lucency/messaging';
import { currentTraceparent } from '@lucency/service-kit';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Admit } from '../../admission/admit.js';
import { asTenant } from '../../database/tenant.js';
import type { Viewer } from '../../identity/viewer.js';
import { requireWritableSite } from '../../submission/create-upload.js';
import { BusyError, ConflictError, UploadError } from '../../submission/errors.js';
import { otherPatients } from '../../submission/same-picture.js';
import {
  ageInMonths,
  checkSubmission,
  contentHash,
  requestHash,
  type StudySubmission,
} from '../../submission/study-input.js';
import { raiseRevision } from '../revision.js';

export interface Submitted {
  studyId: string;
  /** False when an earlier study answers this submission. */
  created: boolean;
  change: ChangeAnnouncement | null;
}

export interface SubmitDeps {
  pool: Pool;
  /** Whether the model was trained on patients of this age. */
  ageWithinRange: (months: number | null) => boolean;
  admit: Admit;
}

interface StoredUpload {
  id: string;
  sha256: string;
  bytes: number;
  mediaType: string;
}

const maxRounds = 3;

/**
 * Writes study, image and task in one transaction. Any number of identical submissions at once make one study:
 * the database's unique keys decide, and who comes second reads what the first wrote.
 * A study that is there already is answered however busy it is.
 * @throws InputError, NotFoundError, UploadError, ConflictError or BusyError
 */
export async function submitStudy(
  { pool, ageWithinRange, admit }: SubmitDeps,
  viewer: Viewer,
  input: StudySubmission,
): Promise<Submitted> {
  const submission = checkSubmission(input);
  requireWritableSite(viewer, submission.siteId);
  const retryAfterSeconds = await admit(submission);
  try {
    return await asTenant(pool, viewer, async (client) => {
      const site = await readSite(client, submission.siteId);
      const ageMonths = ageInMonths(submission, new Date(), site.timeZone);
      const refused = site.refusesOutOfRangeAge && !ageWithinRange(ageMonths);
      const uploads = await readUploads(client, submission);
      const hashes = uploads.map(({ sha256 }) => sha256);
      const keys = {
        request: requestHash(submission, hashes),
        content: contentHash(submission.patientReference, hashes),
      };
      if (retryAfterSeconds !== null) {
        const earlier = await findEarlier(client, viewer, submission, keys);
        if (!earlier) throw new BusyError(retryAfterSeconds);
        return { studyId: earlier, created: false, change: null };
      }
      const cautions = await cautionsOf(client, viewer, submission, hashes);
      for (let round = 0; round < maxRounds; round += 1) {
        const created = await insertStudy(client, viewer, uploads, {
          submission,
          keys,
          ageMonths,
          refused,
          cautions,
        });
        if (created) {
          const studies = [{ id: created, siteId: submission.siteId }];
          const change = await raiseRevision(client, viewer.organizationId, studies);
          return { studyId: created, created: true, change };
        }
        const earlier = await findEarlier(client, viewer, submission, keys);
        if (earlier) return { studyId: earlier, created: false, change: null };
        // The study in the way failed or was withdrawn since: now there is room.
      }
      throw new BusyError(1, 'This study is being changed by someone else. Submit it again.');
    });
  } catch (error) {
    const [uploadId] = submission.uploadIds;
    if (error instanceof DatabaseError && error.constraint?.startsWith('image_') && uploadId) {
      throw new UploadError('UPLOAD_USED', uploadId);
    }
    throw error;
  }
}

async function readUploads(client: PoolClient, submission: StudySubmission): Promise<StoredUpload[]> {
  const found = await client.query<StoredUpload & { stored: boolean }>(
    `SELECT id, sha256, bytes, media_type AS "mediaType", stored_at IS NOT NULL AS stored FROM upload
     WHERE id = ANY ($1) AND site_id = $2`,
    [submission.uploadIds, submission.siteId],
  );
  return submission.uploadIds.map((id) => {
    const upload = found.rows.find((row) => row.id === id);
    if (!upload) throw new UploadError('UPLOAD_NOT_FOUND', id);
    if (!upload.stored) throw new UploadError('UPLOAD_INCOMPLETE', id);
    return upload;
  });
}

interface SiteRules {
  refusesOutOfRangeAge: boolean;
  timeZone: string;
}

async function readSite(client: PoolClient, siteId: string): Promise<SiteRules> {
  const found = await client.query<SiteRules>(
    `SELECT refuses_out_of_range_age AS "refusesOutOfRangeAge", time_zone AS "timeZone" FROM site WHERE id = $1`,
    [siteId],
  );
  const [site] = found.rows;
  if (!site) throw new Error('a site that the viewer may write to is not in the database');
  return site;
}

async function cautionsOf(
  client: PoolClient,
  { organizationId }: Viewer,
  { patientReference }: StudySubmission,
  hashes: string[],
): Promise<SubmissionCautionCode[]> {
  for (const sha256 of hashes) {
    const others = await otherPatients(client, organizationId, sha256, patientReference);
    if (others.length > 0) return ['SAME_IMAGE_OTHER_PATIENT'];
  }
  return [];
}

interface NewStudy {
  submission: StudySubmission;
  keys: { request: string; content: string };
  ageMonths: number | null;
  /** Whether the site takes no patient of this age. */
  refused: boolean;
  cautions: SubmissionCautionCode[];
}

/** @returns the id of the new study, or null when one is in the way. */
async function insertStudy(
  client: PoolClient,
  viewer: Viewer,
  [upload]: StoredUpload[],
  { submission, keys, ageMonths, refused, cautions }: NewStudy,
): Promise<string | null> {
  if (!upload) return null;
  const inserted = await client.query<{ id: string }>(
    `WITH s AS (
       INSERT INTO study (id, organization_id, site_id, submitted_by_id, patient_reference, patient_age_months,
         accession_number, study_instance_uid, priority, idempotency_key, request_hash, content_hash,
         cautions, reading_state, reading_reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
         $21, CASE WHEN $13::boolean THEN 'REFUSED'::reading_state ELSE 'RECEIVED' END,
         CASE WHEN $13 THEN 'AGE_OUT_OF_RANGE' END)
       ON CONFLICT DO NOTHING RETURNING id
     ), i AS (
       INSERT INTO image (id, organization_id, site_id, study_id, upload_id, blob_key, sha256, bytes, media_type)
       SELECT $14, $2, $3, s.id, $15, $16, $17, $18, $19 FROM s RETURNING id, study_id
     ), t AS (
       INSERT INTO task (organization_id, site_id, study_id, image_id, kind, priority, state, reason, settled_at,
         traceparent)
       SELECT $2, $3, i.study_id, i.id, 'classify', $9,
         CASE WHEN $13 THEN 'REFUSED'::task_state ELSE 'PENDING' END,
         CASE WHEN $13 THEN 'AGE_OUT_OF_RANGE' END, CASE WHEN $13 THEN now() END, $20
       FROM i
     )
     SELECT id FROM s`,
    [
      randomUUID(),
      viewer.organizationId,
      submission.siteId,
      viewer.personId,
      submission.patientReference,
      ageMonths,
      submission.accessionNumber,
      submission.studyInstanceUid,
      submission.priority,
      submission.idempotencyKey,
      keys.request,
      keys.content,
      refused,
      randomUUID(),
      upload.id,
      `${viewer.organizationId}/${upload.id}`,
      upload.sha256,
      upload.bytes,
      upload.mediaType,
      currentTraceparent(),
      cautions,
    ],
  );
  return inserted.rows[0]?.id ?? null;
}

async function findEarlier(
  client: PoolClient,
  viewer: Viewer,
  submission: StudySubmission,
  keys: { request: string; content: string },
): Promise<string | null> {
  const sameKey = await client.query<{ id: string; requestHash: string }>(
    `SELECT id, request_hash AS "requestHash" FROM study
     WHERE organization_id = $1 AND site_id = $2 AND submitted_by_id = $3 AND idempotency_key = $4`,
    [viewer.organizationId, submission.siteId, viewer.personId, submission.idempotencyKey],
  );
  const [first] = sameKey.rows;
  if (first) {
    if (first.requestHash === keys.request) return first.id;
    throw new ConflictError('This idempotency key was used with other content. Choose a new key.', first.id);
  }
  const sameContent = await client.query<{ id: string }>(
    `SELECT id FROM study WHERE organization_id = $1 AND site_id = $2 AND content_hash = $3
     AND reading_state <> 'FAILED' AND withdrawn_at IS NULL`,
    [viewer.organizationId, submission.siteId, keys.content],
  );
  return sameContent.rows[0]?.id ?? null;
}
