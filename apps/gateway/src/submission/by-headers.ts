import { BlobNotFound, type BlobStore } from '@lucency/blobs';
import { uploadKey } from '@lucency/contracts';
import { type HeaderFacts, headerPrefixBytes, readHeader } from '@lucency/dicom';
import type { Pool } from 'pg';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';
import { InputError } from './errors.js';
import { maxImages, type SubmittedImage } from './image-input.js';
import { isPrintable, normalizeReference } from './reference-text.js';
import { maxAccessionLength, maxAgeMonths, type StudySubmission } from './study-input.js';

export interface HeaderDeps {
  pool: Pool;
  blobs: Pick<BlobStore, 'readStart'>;
}

/**
 * What a submission leaves out, from the headers of its DICOM files: UIDs, views, accession number, and the age at
 * acquisition where neither age nor date of birth is given. Whatever it says itself stays, but for UIDs, which are what the
 * files say.
 * @throws InputError where the files contradict it or one another
 */
export async function describedByHeaders(
  deps: HeaderDeps,
  viewer: Viewer,
  submission: StudySubmission,
): Promise<StudySubmission> {
  const { uploadIds, images, ...stated } = submission;
  const field = images ? 'images' : 'uploadIds';
  const given = images ?? uploadIds?.map(asImage);
  if (!given) return submission;
  const headers = await readHeaders(deps, viewer, given);
  const facts = [...headers.values()];
  if (facts.length === 0) return submission;
  const uid = common(field, facts, ({ studyInstanceUid }) => studyInstanceUid, 'examinations');
  common(field, facts, patientOf, 'patients');
  if (stated.studyInstanceUid && uid && stated.studyInstanceUid !== uid)
    throw new InputError('studyInstanceUid', 'The files have another Study Instance UID.');
  const asksAge = stated.patientAgeMonths === null && stated.patientBirthDate === null;
  return {
    ...stated,
    studyInstanceUid: stated.studyInstanceUid ?? uid,
    accessionNumber: stated.accessionNumber ?? first(facts, ({ accessionNumber }) => usable(accessionNumber)),
    patientAgeMonths: asksAge
      ? first(facts, ({ patient }) => plausible(patient.ageMonths))
      : stated.patientAgeMonths,
    uploadIds: null,
    images: given.map((image) => described(field, image, headers.get(image.uploadId))),
  };
}

/** The same for images that join a study. @throws InputError */
export async function imagesByHeaders(
  deps: HeaderDeps,
  viewer: Viewer,
  images: SubmittedImage[],
): Promise<SubmittedImage[]> {
  const headers = await readHeaders(deps, viewer, images);
  common('images', [...headers.values()], patientOf, 'patients');
  return images.map((image) => described('images', image, headers.get(image.uploadId)));
}

function asImage(uploadId: string): SubmittedImage {
  return { uploadId, view: 'UNKNOWN', seriesInstanceUid: null, sopInstanceUid: null };
}

/** By upload. Files that cannot be read are refused with their reason when they are. */
async function readHeaders(
  { pool, blobs }: HeaderDeps,
  viewer: Viewer,
  images: SubmittedImage[],
): Promise<Map<string, HeaderFacts>> {
  const headers = new Map<string, HeaderFacts>();
  // More are refused right after.
  if (images.length > maxImages) return headers;
  const stored = await asTenant(pool, viewer, (client) =>
    client.query<{ id: string }>(
      `SELECT id FROM upload WHERE id = ANY ($1) AND media_type = 'application/dicom' AND stored_at IS NOT NULL`,
      [images.map(({ uploadId }) => uploadId)],
    ),
  );
  for (const { id } of stored.rows) {
    const start = await blobs
      .readStart(uploadKey(viewer.organizationId, id), headerPrefixBytes)
      .catch((error: unknown) => {
        if (error instanceof BlobNotFound) return null;
        throw error;
      });
    const header = start && readHeader(start, { prefix: true });
    if (header?.ok) headers.set(id, header.value);
  }
  return headers;
}

function described(field: string, image: SubmittedImage, facts: HeaderFacts | undefined): SubmittedImage {
  if (!facts) return image;
  for (const key of ['sopInstanceUid', 'seriesInstanceUid'] as const) {
    if (image[key] && facts[key] && image[key] !== facts[key])
      throw new InputError(field, 'A file has another UID than was given for it.');
  }
  return {
    ...image,
    view: image.view === 'UNKNOWN' ? facts.view : image.view,
    seriesInstanceUid: image.seriesInstanceUid ?? facts.seriesInstanceUid,
    sopInstanceUid: image.sopInstanceUid ?? facts.sopInstanceUid,
  };
}

/** What all files that say it agree on; null where none does. */
function common(
  field: string,
  facts: readonly HeaderFacts[],
  of: (facts: HeaderFacts) => string | null,
  what: string,
): string | null {
  const values = new Set(facts.flatMap((each) => of(each) ?? []));
  if (values.size > 1) throw new InputError(field, `These files are of different ${what}.`);
  return [...values][0] ?? null;
}

function patientOf({ patient }: HeaderFacts): string | null {
  return patient.id === null ? null : JSON.stringify([patient.id, patient.issuer]);
}

function first<T>(facts: readonly HeaderFacts[], of: (facts: HeaderFacts) => T | null): T | null {
  return facts.map(of).find((value) => value !== null) ?? null;
}

/** An accession number that may be stored; a header may hold anything. */
function usable(text: string | null): string | null {
  const normalized = text === null ? '' : normalizeReference(text);
  return normalized.length <= maxAccessionLength && isPrintable(normalized) ? normalized : null;
}

function plausible(months: number | null): number | null {
  return months !== null && months >= 0 && months <= maxAgeMonths ? months : null;
}
