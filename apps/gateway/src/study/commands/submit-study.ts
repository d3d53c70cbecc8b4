import { randomUUID } from 'node:crypto';
import type { ChangeAnnouncement, RefusalCode } from '@lucency/contracts';
import type { Pool, PoolClient } from 'pg';
import type { Admit } from '../../admission/admit.js';
import { aboutStudy } from '../../audit/entries.js';
import type { Viewer } from '../../identity/viewer.js';
import { requireWritableSite } from '../../submission/create-upload.js';
import { BusyError, ConflictError } from '../../submission/errors.js';
import {
  ageInMonths,
  type CheckedSubmission,
  checkSubmission,
  contentHash,
  requestHash,
  type StudySubmission,
} from '../../submission/study-input.js';
import { authorOf } from '../actor.js';
import { moveStudies } from '../move-studies.js';
import {
  cautionsAbout,
  knownInstances,
  type NewImage,
  readImages,
  readSite,
  stateOfNew,
  storeImages,
  storingImages,
} from '../new-images.js';
import { deriveStudyState } from '../state.js';
import { storedReadingState } from '../stored-state.js';

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

const maxRounds = 3;

/**
 * Writes study, images and their tasks in one transaction. Any number of identical submissions at once make one study:
 * the database's unique keys decide, and who comes second reads what the first wrote.
 * A study that is there already is answered however busy it is.
 * @throws InputError, NotFoundError, UploadError, ConflictError or BusyError
 */
export async function submitStudy(
  deps: SubmitDeps,
  viewer: Viewer,
  input: StudySubmission,
): Promise<Submitted> {
  const submission = checkSubmission(input);
  requireWritableSite(viewer, submission.siteId);
  const retryAfterSeconds = await deps.admit(submission);
  return storingImages(deps.pool, viewer, submission.images, (client) =>
    submitOnce(client, deps, viewer, submission, retryAfterSeconds),
  );
}

async function submitOnce(
  client: PoolClient,
  { ageWithinRange }: SubmitDeps,
  viewer: Viewer,
  submission: CheckedSubmission,
  retryAfterSeconds: number | null,
): Promise<Submitted> {
  const site = await readSite(client, submission.siteId);
  const ageMonths = ageInMonths(submission, new Date(), site.timeZone);
  const images = await readImages(client, submission.siteId, submission.images);
  const study: NewStudy = {
    submission,
    images,
    keys: {
      request: requestHash(submission, images),
      content: contentHash(submission.patientReference, images),
    },
    ageMonths,
    refusal: site.refusesOutOfRangeAge && !ageWithinRange(ageMonths) ? 'AGE_OUT_OF_RANGE' : null,
  };
  // An instance that is known already would end this transaction.
  if (retryAfterSeconds !== null || images.some(({ sopInstanceUid }) => sopInstanceUid)) {
    const earlier = await findEarlier(client, viewer, study);
    if (earlier) return { studyId: earlier, created: false, change: null };
    if (retryAfterSeconds !== null) throw new BusyError(retryAfterSeconds);
  }
  for (let round = 0; round < maxRounds; round += 1) {
    const created = await insertStudy(client, viewer, study);
    if (created) {
      const written = { id: created, siteId: submission.siteId };
      const change = await moveStudies(client, authorOf(viewer), {
        written: [written],
        entries: [aboutStudy('STUDY_SUBMITTED', written, { images: String(images.length) })],
      });
      return { studyId: created, created: true, change };
    }
    const earlier = await findEarlier(client, viewer, study);
    if (earlier) return { studyId: earlier, created: false, change: null };
    // The study in the way failed or was withdrawn since: now there is room.
  }
  throw new BusyError(1, 'This study is being changed by someone else. Submit it again.');
}

interface NewStudy {
  submission: CheckedSubmission;
  images: NewImage[];
  keys: { request: string; content: string };
  ageMonths: number | null;
  /** Why the site has nothing of this patient read. */
  refusal: RefusalCode | null;
}

/** @returns the id of the new study, or null when one is in the way. */
async function insertStudy(
  client: PoolClient,
  { organizationId, personId }: Viewer,
  { submission, images, keys, ageMonths, refusal }: NewStudy,
): Promise<string | null> {
  const { siteId, patientReference, priority } = submission;
  const state = deriveStudyState(images.map((image) => stateOfNew(image, refusal)));
  const cautions = await cautionsAbout(client, organizationId, patientReference, images);
  const inserted = await client.query<{ id: string }>(
    `INSERT INTO study (id, organization_id, site_id, submitted_by_id, patient_reference, patient_age_months,
       accession_number, study_instance_uid, priority, idempotency_key, request_hash, content_hash, cautions,
       reading_state, reading_reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      randomUUID(),
      organizationId,
      siteId,
      personId,
      patientReference,
      ageMonths,
      submission.accessionNumber,
      submission.studyInstanceUid,
      priority,
      submission.idempotencyKey,
      keys.request,
      keys.content,
      cautions,
      storedReadingState(state.readingState),
      state.readingReason,
    ],
  );
  const studyId = inserted.rows[0]?.id;
  if (!studyId) return null;
  const place = { organizationId, siteId, studyId, priority };
  await storeImages(client, place, images, { position: 0, refusal });
  return studyId;
}

/** The study that answers this submission already. @throws ConflictError naming one that is in its way */
async function findEarlier(
  client: PoolClient,
  { organizationId, personId }: Viewer,
  { submission, images, keys }: NewStudy,
): Promise<string | null> {
  const { siteId, idempotencyKey, patientReference } = submission;
  const sameKey = await client.query<{ id: string; requestHash: string }>(
    `SELECT id, request_hash AS "requestHash" FROM study
     WHERE organization_id = $1 AND site_id = $2 AND submitted_by_id = $3 AND idempotency_key = $4`,
    [organizationId, siteId, personId, idempotencyKey],
  );
  const [first] = sameKey.rows;
  if (first) {
    if (first.requestHash === keys.request) return first.id;
    throw new ConflictError('This idempotency key was used with other content. Choose a new key.', first.id);
  }
  const sameContent = await client.query<{ id: string }>(
    `SELECT id FROM study WHERE organization_id = $1 AND site_id = $2 AND content_hash = $3
     AND reading_state <> 'FAILED' AND withdrawn_at IS NULL`,
    [organizationId, siteId, keys.content],
  );
  if (sameContent.rows[0]) return sameContent.rows[0].id;
  const known = await knownInstances(client, { organizationId, siteId }, images);
  const [instance] = known;
  if (!instance) return null;
  const isWhole =
    known.length === images.length && known.every(({ studyId }) => studyId === instance.studyId);
  if (isWhole && instance.patientReference === patientReference) return instance.studyId;
  throw new ConflictError(
    'Another study has an instance of this one. Add the others to it, or withdraw it first.',
    instance.studyId,
  );
}
