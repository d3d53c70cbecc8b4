import { createHash } from 'node:crypto';
import type { Priority } from '@lucency/messaging';
import { Temporal } from 'temporal-polyfill';
import { InputError } from './errors.js';
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
  uploadIds: string[];
  idempotencyKey: string;
}

const maxReferenceLength = 64;
const maxKeyLength = 128;
/** Lengths of DICOM's value representations UI and SH, the latter widened to what archives accept. */
const maxUidLength = 64;
const maxAccessionLength = 64;
const maxAgeMonths = 1800;

/** Normalizes and checks a submission. @throws InputError naming the field */
export function checkSubmission(input: StudySubmission): StudySubmission {
  const patientReference = checkText('patientReference', input.patientReference, maxReferenceLength);
  const idempotencyKey = checkText('idempotencyKey', input.idempotencyKey, maxKeyLength);
  const accessionNumber = input.accessionNumber
    ? checkText('accessionNumber', input.accessionNumber, maxAccessionLength)
    : null;
  const uid = input.studyInstanceUid;
  if (uid && (uid.length > maxUidLength || !/^[0-9]+(\.[0-9]+)*$/.test(uid))) {
    throw new InputError('studyInstanceUid', 'A DICOM UID has digits and dots only, at most 64 characters.');
  }
  if (input.uploadIds.length !== 1) {
    throw new InputError('uploadIds', 'Exactly one image a study is accepted.');
  }
  if (input.patientAgeMonths !== null && input.patientBirthDate !== null) {
    throw new InputError('patientBirthDate', 'Give the age or the date of birth, not both.');
  }
  const age = input.patientAgeMonths;
  if (age !== null && (age < 0 || age > maxAgeMonths)) {
    throw new InputError('patientAgeMonths', `An age in months lies between 0 and ${maxAgeMonths}.`);
  }
  return { ...input, patientReference, idempotencyKey, accessionNumber, studyInstanceUid: uid || null };
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
export function ageInMonths(submission: StudySubmission, now: Date, timeZone: string): number | null {
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

/** Tells the same submission from another; images count by content, so that a repeated upload is the same. */
export function requestHash(submission: StudySubmission, imageHashes: string[]): string {
  const { uploadIds: _uploads, idempotencyKey: _key, ...rest } = submission;
  return sha256([Object.entries(rest).sort(), imageHashes]);
}

/** The same images of the same patient reference. */
export function contentHash(patientReference: string, imageHashes: string[]): string {
  return sha256([patientReference, [...imageHashes].sort()]);
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
