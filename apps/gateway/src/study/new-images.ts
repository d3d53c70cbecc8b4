import { randomUUID } from 'node:crypto';
import type { Priority, RefusalCode, SubmissionCautionCode } from '@lucency/contracts';
import { uploadKey } from '@lucency/contracts';
import { currentTraceparent } from '@lucency/service-kit';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';
import { ConflictError, InputError, UploadError } from '../submission/errors.js';
import type { SubmittedImage } from '../submission/image-input.js';
import { otherPatients } from '../submission/same-picture.js';
import { deriveImageState, isRead, type Standing } from './image-state.js';

/** An image whose bytes are stored, before it belongs to a study. */
export interface NewImage extends SubmittedImage {
  sha256: string;
  bytes: number;
  mediaType: string;
}

/** Where images go. */
export interface ImagePlace {
  organizationId: string;
  siteId: string;
  studyId: string;
  priority: Priority;
}

/**
 * The uploads of these images, each picture once: what was sent twice under one SOP Instance UID, or without one, is one
 * image.
 * @throws UploadError or InputError
 */
export async function readImages(
  client: PoolClient,
  siteId: string,
  images: SubmittedImage[],
): Promise<NewImage[]> {
  const found = await client.query<Omit<NewImage, keyof SubmittedImage> & { id: string; stored: boolean }>(
    `SELECT id, sha256, bytes, media_type AS "mediaType", stored_at IS NOT NULL AS stored FROM upload
     WHERE id = ANY ($1) AND site_id = $2`,
    [images.map(({ uploadId }) => uploadId), siteId],
  );
  const uploads = new Map(found.rows.map((row) => [row.id, row]));
  const read = images.map((image) => {
    const upload = uploads.get(image.uploadId);
    if (!upload) throw new UploadError('UPLOAD_NOT_FOUND', image.uploadId);
    if (!upload.stored) throw new UploadError('UPLOAD_INCOMPLETE', image.uploadId);
    const { sha256, bytes, mediaType } = upload;
    return { ...image, sha256, bytes, mediaType };
  });
  return read.filter((image, index) => !read.slice(0, index).some((earlier) => isSame(earlier, image)));
}

interface Picture {
  sha256: string;
  sopInstanceUid: string | null;
}

function isSame(earlier: Picture, image: Picture): boolean {
  if (earlier.sha256 === image.sha256) return true;
  if (image.sopInstanceUid === null || earlier.sopInstanceUid !== image.sopInstanceUid) return false;
  throw new InputError('images', 'Two different images have one SOP Instance UID.');
}

/** An image of the site that has one of these SOP Instance UIDs already. */
export interface KnownInstance {
  studyId: string;
  patientReference: string;
  sopInstanceUid: string;
  sha256: string;
}

/** Instances among these images that the site has already, other than in withdrawn studies. */
export async function knownInstances(
  client: PoolClient,
  { organizationId, siteId }: Pick<ImagePlace, 'organizationId' | 'siteId'>,
  images: NewImage[],
): Promise<KnownInstance[]> {
  const uids = images.flatMap(({ sopInstanceUid }) => sopInstanceUid ?? []);
  if (uids.length === 0) return [];
  const found = await client.query<KnownInstance>(
    `SELECT i.study_id AS "studyId", s.patient_reference AS "patientReference",
       i.sop_instance_uid AS "sopInstanceUid", i.sha256
     FROM image i JOIN study s ON (s.organization_id, s.site_id, s.id) = (i.organization_id, i.site_id, i.study_id)
     WHERE i.organization_id = $1 AND i.site_id = $2 AND i.sop_instance_uid = ANY ($3) AND NOT i.withdrawn`,
    [organizationId, siteId, uids],
  );
  for (const known of found.rows) {
    const image = images.find(({ sopInstanceUid }) => sopInstanceUid === known.sopInstanceUid);
    if (image?.sha256 === known.sha256) continue;
    throw new ConflictError('Another image was stored under this SOP Instance UID before.', known.studyId);
  }
  return found.rows;
}

const maxRounds = 3;

/**
 * Runs the transaction that stores these images: once more where another has stored one of the same instances meanwhile, for
 * what that stored can be read then.
 * @throws UploadError where an upload belongs to an image already, and whatever the work throws
 */
export async function storingImages<T>(
  pool: Pool,
  viewer: Viewer,
  images: SubmittedImage[],
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await asTenant(pool, viewer, work);
    } catch (error) {
      if (isInstanceTaken(error) && round < maxRounds) continue;
      if (isUploadTaken(error)) throw await usedUpload(pool, viewer, images);
      throw error;
    }
  }
}

function isInstanceTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.constraint === 'image_instance';
}

function isUploadTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.constraint === 'image_organization_id_site_id_upload_id_key';
}

/** The refusal of these images, of which one has an upload that is taken. */
async function usedUpload(pool: Pool, viewer: Viewer, images: SubmittedImage[]): Promise<UploadError> {
  const ids = images.map(({ uploadId }) => uploadId);
  const found = await asTenant(pool, viewer, (client) =>
    client.query<{ id: string }>('SELECT id FROM upload WHERE id = ANY ($1) AND adopted_at IS NOT NULL', [
      ids,
    ]),
  );
  return new UploadError('UPLOAD_USED', found.rows[0]?.id ?? ids[0] ?? '');
}

/** What such an image is to begin with. @param refusal why none of this study is read */
export function stateOfNew({ view }: SubmittedImage, refusal: RefusalCode | null): Standing {
  const classify = {
    kind: 'classify',
    method: null,
    state: refusal ? 'REFUSED' : 'PENDING',
    reason: refusal,
    dispatched: false,
  } as const;
  return deriveImageState({ view, tasks: isRead(view) ? [classify] : [] });
}

/** Writes images and the work on those that are read. @param position of the first of them in its study */
export async function storeImages(
  client: PoolClient,
  { organizationId, siteId, studyId, priority }: ImagePlace,
  images: NewImage[],
  { position, refusal }: { position: number; refusal: RefusalCode | null },
): Promise<void> {
  const rows = images.map((image, index) => ({
    id: randomUUID(),
    position: position + index,
    view: image.view,
    series_instance_uid: image.seriesInstanceUid,
    sop_instance_uid: image.sopInstanceUid,
    upload_id: image.uploadId,
    blob_key: uploadKey(organizationId, image.uploadId),
    sha256: image.sha256,
    bytes: image.bytes,
    media_type: image.mediaType,
    is_read: isRead(image.view),
  }));
  await client.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($4::jsonb) AS given (id uuid, position int, view image_view,
         series_instance_uid text, sop_instance_uid text, upload_id uuid, blob_key text, sha256 text, bytes int,
         media_type text, is_read boolean)
     ), stored AS (
       INSERT INTO image (id, organization_id, site_id, study_id, position, view, series_instance_uid,
         sop_instance_uid, upload_id, blob_key, sha256, bytes, media_type)
       SELECT id, $1, $2, $3, position, view, series_instance_uid, sop_instance_uid, upload_id, blob_key, sha256,
         bytes, media_type
       FROM given
     )
     INSERT INTO task (organization_id, site_id, study_id, image_id, kind, priority, state, reason, settled_at,
       traceparent)
     SELECT $1, $2, $3, id, 'classify', $5, CASE WHEN $6::text IS NULL THEN 'PENDING' ELSE 'REFUSED' END::task_state,
       $6, CASE WHEN $6 IS NOT NULL THEN now() END, $7
     FROM given WHERE is_read`,
    [organizationId, siteId, studyId, JSON.stringify(rows), priority, refusal, currentTraceparent()],
  );
}

/** What to keep in mind about a patient's study with these images. */
export async function cautionsAbout(
  client: PoolClient,
  organizationId: string,
  patientReference: string,
  images: NewImage[],
): Promise<SubmissionCautionCode[]> {
  for (const { sha256 } of images) {
    const others = await otherPatients(client, organizationId, sha256, patientReference);
    if (others.length > 0) return ['SAME_IMAGE_OTHER_PATIENT'];
  }
  return [];
}

export interface SiteRules {
  refusesOutOfRangeAge: boolean;
  timeZone: string;
}

export async function readSite(client: PoolClient, siteId: string): Promise<SiteRules> {
  const found = await client.query<SiteRules>(
    `SELECT refuses_out_of_range_age AS "refusesOutOfRangeAge", time_zone AS "timeZone" FROM site WHERE id = $1`,
    [siteId],
  );
  const [site] = found.rows;
  if (!site) throw new Error('a site that the viewer may write to is not in the database');
  return site;
}
