import { createHash } from 'node:crypto';
import type { Priority } from '@lucency/contracts';
import { Temporal } from 'temporal-polyfill';
import { InputError } from './errors.js';
import { checkImages, checkUid, type SubmittedImage } from './image-input.js';
import { isPrintable, normalizeReference } from './reference-text.js';

/** What a client submits. */
export interface StudySubmission {
  siteId: string;
  patientReference: string;
  patientAgeMonths: number | null;
  /** YYYY-MM-DD; used to compute the age and then forgotten. */
  patientBirthDate: string | null;
  priority: Priority;
  accessionNumber: string | null;
  studyInstanceUid: string | null;
  /** The short form of `images`, for pictures that nothing more is known of; exactly one of the two is given. */
  uploadIds: string[] | null;
  images: SubmittedImage[] | null;
  idempotencyKey: string;
}

/** A submission that keeps every rule, in one form. */
export interface CheckedSubmission extends Omit<StudySubmission, 'uploadIds' | 'images'> {
  images: SubmittedImage[];
}

const maxReferenceLength = 64;
const maxKeyLength = 128;
/** Longer than DICOM's value representation SH, as archives accept it. */
export const maxAccessionLength = 64;
export const maxAgeMonths = 1800;

/** Normalizes and checks a submission. @throws InputError naming the field */
export function checkSubmission({ uploadIds, images, ...input }: StudySubmission): CheckedSubmission {
  const patientReference = checkText('patientReference', input.patientReference, maxReferenceLength);
  const idempotencyKey = checkText('idempotencyKey', input.idempotencyKey, maxKeyLength);
  const accessionNumber = input.accessionNumber
    ? checkText('accessionNumber', input.accessionNumber, maxAccessionLength)
    : null;
  const studyInstanceUid = checkUid('studyInstanceUid', input.studyInstanceUid);
  const checkedImages = checkImages({ uploadIds, images });
  if (input.patientAgeMonths !== null && input.patientBirthDate !== null) {
    throw new InputError('patientBirthDate', 'Give the age or the date of birth, not both.');
  }
  const age = input.patientAgeMonths;
  if (age !== null && (age < 0 || age > maxAgeMonths)) {
    throw new InputError('patientAgeMonths', `An age in months lies between 0 and ${maxAgeMonths}.`);
  }
  return {
    ...input,
    patientReference,
    idempotencyKey,
    accessionNumber,
    studyInstanceUid,
    images: checkedImages,
  };
}

function checkText(field: string, value: string, maxLength: number): string {
  const text = normalizeReference(value);
  if (text.length > maxLength || !isPrintable(text)) {
    throw new InputError(field, `Give 1 to ${maxLength} printable characters.`);
  }
  return text;
}

/**
 * @param timeZone of the site, an IANA name: it decides which day today is
 * @returns the age in whole months, a month being complete on the day of the month of birth. @throws InputError
 */
export function ageInMonths(
  submission: Pick<StudySubmission, 'patientAgeMonths' | 'patientBirthDate'>,
  now: Date,
  timeZone: string,
): number | null {
  if (submission.patientBirthDate === null) return submission.patientAgeMonths;
  const born = Temporal.PlainDate.from(submission.patientBirthDate);
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const { months } = born.until(today, { largestUnit: 'months' });
  if (Temporal.PlainDate.compare(born, today) > 0) {
    throw new InputError('patientBirthDate', 'This date of birth is in the future.');
  }
  if (months > maxAgeMonths) {
    throw new InputError('patientBirthDate', `This date of birth is over ${maxAgeMonths / 12} years ago.`);
  }
  return months;
}

/**
 * Tells the same submission from another; images count by content, so that a repeated upload is the same. What is said of
 * them counts only where something is, so that gateways of the release before give the same hash.
 */
export function requestHash(submission: CheckedSubmission, images: HashedImage[]): string {
  const { images: _images, idempotencyKey: _key, ...rest } = submission;
  const hashes = images.map(({ sha256 }) => sha256);
  const facts = images.map(({ view, seriesInstanceUid, sopInstanceUid }) => [
    view,
    seriesInstanceUid,
    sopInstanceUid,
  ]);
  const says = images.some(
    (image) => image.view !== 'UNKNOWN' || image.seriesInstanceUid || image.sopInstanceUid,
  );
  return sha256([Object.entries(rest).sort(), hashes, ...(says ? [facts] : [])]);
}

type HashedImage = SubmittedImage & { sha256: string };

/** The same images of the same patient reference. */
export function contentHash(patientReference: string, images: { sha256: string }[]): string {
  return sha256([patientReference, images.map((image) => image.sha256).sort()]);
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
