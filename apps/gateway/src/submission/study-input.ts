import { createHash } from 'node:crypto';
import type { Priority } from '@lucency/messaging';
import { InputError } from './errors.js';

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
const printable = /^[\p{L}\p{N}\p{P}\p{S} ]+$/u;

/** Trims and checks a submission. @throws InputError naming the field */
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
  const text = value.trim();
  if (text.length === 0 || text.length > maxLength || !printable.test(text)) {
    throw new InputError(field, `Give 1 to ${maxLength} printable characters.`);
  }
  return text;
}

/** @returns the age in whole months on the given day. @throws InputError */
export function ageInMonths(submission: StudySubmission, today: Date): number | null {
  if (submission.patientBirthDate === null) return submission.patientAgeMonths;
  const born = new Date(`${submission.patientBirthDate}T00:00:00Z`);
  const months =
    (today.getUTCFullYear() - born.getUTCFullYear()) * 12 +
    (today.getUTCMonth() - born.getUTCMonth()) -
    (today.getUTCDate() < born.getUTCDate() ? 1 : 0);
  if (Number.isNaN(months) || months < 0 || months > maxAgeMonths) {
    throw new InputError('patientBirthDate', 'Give a day that is not in the future, as YYYY-MM-DD.');
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
