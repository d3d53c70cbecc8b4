import type { ChangeAnnouncement } from '@lucency/contracts';
import type { Pool, PoolClient } from 'pg';
import type { Admit } from '../../admission/admit.js';
import { aboutStudy } from '../../audit/entries.js';
import { asTenant } from '../../database/tenant.js';
import type { Viewer } from '../../identity/viewer.js';
import { BusyError, ConflictError, InputError, StateError } from '../../submission/errors.js';
import { checkImages, maxImages, type SubmittedImage } from '../../submission/image-input.js';
import { authorOf } from '../actor.js';
import { isRead } from '../image-state.js';
import { type LockedStudy, lockStudy } from '../lock.js';
import { moveStudies } from '../move-studies.js';
import {
  cautionsAbout,
  knownInstances,
  type NewImage,
  readImages,
  readSite,
  storeImages,
  storingImages,
} from '../new-images.js';

export interface AddImagesDeps {
  pool: Pool;
  /** Whether the model was trained on patients of this age. */
  ageWithinRange: (months: number | null) => boolean;
  admit: Admit;
}

export interface Added {
  /** How many of the images were new to the study. */
  added: number;
  change: ChangeAnnouncement | null;
}

/**
 * Adds images that came late to a study, each once, by SOP Instance UID or by content. A study that was answered goes
 * back to QUEUED until what is new is read, and keeps its answer meanwhile.
 * @throws InputError, NotFoundError, StateError, UploadError, ConflictError or BusyError
 */
export async function addImages(
  deps: AddImagesDeps,
  viewer: Viewer,
  studyId: string,
  given: SubmittedImage[],
): Promise<Added> {
  const images = checkImages({ images: given, uploadIds: null });
  const retryAfterSeconds = await deps.admit(
    await asTenant(deps.pool, viewer, (client) => lockStudy(client, studyId)),
  );
  return storingImages(deps.pool, viewer, images, (client) =>
    addOnce(client, deps, viewer, { studyId, images, retryAfterSeconds }),
  );
}

interface Addition {
  studyId: string;
  images: SubmittedImage[];
  retryAfterSeconds: number | null;
}

async function addOnce(
  client: PoolClient,
  { ageWithinRange }: AddImagesDeps,
  viewer: Viewer,
  { studyId, images, retryAfterSeconds }: Addition,
): Promise<Added> {
  const { organizationId } = viewer;
  const study = await lockStudy(client, studyId);
  if (study.withdrawn) throw new StateError('This study was withdrawn. Submit the images as a new one.');
  const { siteId, priority, patientAgeMonths } = study;
  const there = await imagesOf(client, { organizationId, siteId, studyId });
  const late = await lateImages(client, { organizationId, siteId, studyId }, there, images);
  if (late.length === 0) return { added: 0, change: null };
  if (there.length + late.length > maxImages) {
    throw new InputError(
      'images',
      `A study has at most ${maxImages} images, and this one has ${there.length}.`,
    );
  }
  if (retryAfterSeconds !== null && late.some(({ view }) => isRead(view)))
    throw new BusyError(retryAfterSeconds);
  const site = await readSite(client, siteId);
  const isRefused = site.refusesOutOfRangeAge && !ageWithinRange(patientAgeMonths);
  await caution(client, organizationId, study, late);
  await storeImages(client, { organizationId, siteId, studyId, priority }, late, {
    position: Math.max(-1, ...there.map(({ position }) => position)) + 1,
    refusal: isRefused ? 'AGE_OUT_OF_RANGE' : null,
  });
  const change = await moveStudies(client, authorOf(viewer), {
    moved: [studyId],
    touched: [studyId],
    entries: [aboutStudy('IMAGES_ADDED', study, { images: String(late.length) })],
  });
  return { added: late.length, change };
}

interface PresentImage {
  sha256: string;
  position: number;
}

async function imagesOf(
  client: PoolClient,
  { organizationId, siteId, studyId }: { organizationId: string; siteId: string; studyId: string },
): Promise<PresentImage[]> {
  const found = await client.query<PresentImage>(
    'SELECT sha256, position FROM image WHERE (organization_id, site_id, study_id) = ($1, $2, $3)',
    [organizationId, siteId, studyId],
  );
  return found.rows;
}

/** Those that the study does not have yet. @throws ConflictError where another study has one of them */
async function lateImages(
  client: PoolClient,
  place: { organizationId: string; siteId: string; studyId: string },
  there: PresentImage[],
  images: SubmittedImage[],
): Promise<NewImage[]> {
  const given = await readImages(client, place.siteId, images);
  const known = await knownInstances(client, place, given);
  const elsewhere = known.find(({ studyId }) => studyId !== place.studyId);
  if (elsewhere) throw new ConflictError('An instance belongs to another study already.', elsewhere.studyId);
  return given.filter(
    ({ sha256, sopInstanceUid }) =>
      !there.some((image) => image.sha256 === sha256) &&
      !known.some((instance) => instance.sopInstanceUid === sopInstanceUid),
  );
}

async function caution(
  client: PoolClient,
  organizationId: string,
  study: LockedStudy,
  images: NewImage[],
): Promise<void> {
  const found = await cautionsAbout(client, organizationId, study.patientReference, images);
  const cautions = [...new Set([...study.cautions, ...found])];
  if (cautions.length === study.cautions.length) return;
  await client.query('UPDATE study SET cautions = $2 WHERE id = $1', [study.id, cautions]);
}
