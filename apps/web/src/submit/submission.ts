import { type AgeAnswer, readAge } from './age';
import type { DicomFacts } from './dicom-facts';

/** What the gateway takes, by its name in a Content-Type. */
export type MediaType = 'image/jpeg' | 'image/png' | 'application/dicom';

/** One image on its way to becoming a study; moved only by `advance`, below. */
export interface Submission {
  id: string;
  file: File;
  mediaType: MediaType | null;
  /** Of a DICOM file whose header can be read. */
  dicom: DicomFacts | null;
  reference: string;
  age: AgeAnswer;
  stat: boolean;
  /** References of other patients whom the person knows to have the same picture, and submits it all the same. */
  sharedWith: readonly string[];
  /** The same for each try with the same answers, so that a lost answer never makes a second study. */
  idempotencyKey: string;
  phase: Phase;
}

export type Phase =
  | { at: 'draft' }
  /** This file can never be sent. */
  | { at: 'unusable'; message: string }
  /** `forSeconds`, from now, when the service asked to come back; else until others are through. */
  | { at: 'waiting'; forSeconds?: number }
  | { at: 'hashing' }
  /** The very same picture is that of these patients: nothing is sent before the person says that it is right. */
  | { at: 'asking'; others: readonly string[] }
  /** `share`, from 0 to 1, of the bytes has left. */
  | { at: 'uploading'; share: number }
  | { at: 'submitting' }
  | { at: 'submitted'; studyId: string; created: boolean }
  | { at: 'failed'; message: string; earlierStudyId?: string };

export type Answers = Partial<Pick<Submission, 'reference' | 'age' | 'stat'>>;

export type Move =
  | { type: 'added'; submissions: Submission[] }
  /** `freshKey` replaces the idempotency key when an earlier try may have used it with other answers. */
  | { type: 'answered'; id: string; answers: Answers; freshKey: string }
  /** The person says that the picture is that of these patients, too. */
  | { type: 'confirmed'; id: string; others: readonly string[] }
  | { type: 'removed'; id: string }
  | { type: 'started'; ids: string[] }
  | { type: 'progressed'; id: string; phase: Phase };

/** The allowed moves, in one place; any other leaves everything as it is. */
export function advance(submissions: readonly Submission[], move: Move): readonly Submission[] {
  switch (move.type) {
    case 'added':
      return [...submissions, ...move.submissions];
    case 'removed':
      return submissions.filter(({ id, phase }) => id !== move.id || isBusy(phase));
    case 'answered':
      return change(submissions, move.id, (one) => {
        if (!isEditable(one.phase)) return one;
        const tried = one.phase.at === 'failed';
        const idempotencyKey = tried ? move.freshKey : one.idempotencyKey;
        // Of another patient, the question is another.
        const sharedWith = 'reference' in move.answers ? [] : one.sharedWith;
        return { ...one, ...move.answers, idempotencyKey, sharedWith, phase: { at: 'draft' } };
      });
    case 'confirmed':
      return change(submissions, move.id, (one) =>
        one.phase.at === 'asking' ? { ...one, sharedWith: move.others, phase: { at: 'draft' } } : one,
      );
    case 'started':
      return submissions.map((one) =>
        move.ids.includes(one.id) && isReady(one) ? { ...one, phase: { at: 'waiting' } } : one,
      );
    case 'progressed':
      return change(submissions, move.id, (one) => (isBusy(one.phase) ? { ...one, phase: move.phase } : one));
  }
}

export function isBusy({ at }: Phase): boolean {
  return at === 'waiting' || at === 'hashing' || at === 'uploading' || at === 'submitting';
}

export function isEditable({ at }: Phase): boolean {
  return at === 'draft' || at === 'failed' || at === 'asking';
}

/** Whether everything is answered and it is not under way already. */
export function isReady(one: Submission): boolean {
  return isEditable(one.phase) && one.phase.at !== 'asking' && faultsOf(one).length === 0;
}

/** Of these patients, those that the person has not yet said to have the same picture. */
export function unconfirmed(one: Submission, others: readonly string[]): string[] {
  const own = one.reference.trim();
  return [...new Set(others)].filter((other) => other !== own && !one.sharedWith.includes(other));
}

export interface Fault {
  about: 'reference' | 'age';
  /** Missing is said once the person wants to go on, wrong at once. */
  isMissing: boolean;
  sentence: string;
}

const maxReferenceLength = 64;

export function faultsOf({ reference, age }: Pick<Submission, 'reference' | 'age'>): Fault[] {
  const faults: Fault[] = [];
  const { length } = reference.trim();
  if (length === 0) {
    faults.push({ about: 'reference', isMissing: true, sentence: 'Give the patient’s reference' });
  } else if (length > maxReferenceLength) {
    const sentence = `At most ${maxReferenceLength} characters; these are ${length}`;
    faults.push({ about: 'reference', isMissing: false, sentence });
  }
  const read = readAge(age);
  if (read.kind === 'empty') {
    faults.push({ about: 'age', isMissing: true, sentence: 'Give the age, or tick “Unknown”' });
  } else if (read.kind === 'wrong') {
    faults.push({ about: 'age', isMissing: false, sentence: read.fault });
  }
  return faults;
}

function change(
  submissions: readonly Submission[],
  id: string,
  how: (one: Submission) => Submission,
): readonly Submission[] {
  return submissions.map((one) => (one.id === id ? how(one) : one));
}
