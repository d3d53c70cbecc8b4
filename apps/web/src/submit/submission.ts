/** One image on its way to becoming a study; moved only by `advance`, below. */
export interface Submission {
  id: string;
  file: File;
  mediaType: 'image/jpeg' | 'image/png' | null;
  reference: string;
  age: AgeAnswer;
  stat: boolean;
  /** The same for each try with the same answers, so that a lost answer never makes a second study. */
  idempotencyKey: string;
  phase: Phase;
}

export interface AgeAnswer {
  years: number | null;
  months: number | null;
  unknown: boolean;
}

export type Phase =
  | { at: 'draft' }
  /** This file can never be sent. */
  | { at: 'unusable'; message: string }
  /** `forSeconds`, from now, when the service asked to come back; else until others are through. */
  | { at: 'waiting'; forSeconds?: number }
  | { at: 'hashing' }
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
        return { ...one, ...move.answers, idempotencyKey, phase: { at: 'draft' } };
      });
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
  return at === 'draft' || at === 'failed';
}

/** Whether everything is answered and it is not under way already. */
export function isReady(one: Submission): boolean {
  return isEditable(one.phase) && faultsOf(one).length === 0;
}

export type Fault = 'reference' | 'age';

export const maxReferenceLength = 64;
const maxAgeYears = 150;

export function faultsOf({ reference, age }: Pick<Submission, 'reference' | 'age'>): Fault[] {
  const faults: Fault[] = [];
  const length = reference.trim().length;
  if (length === 0 || length > maxReferenceLength) faults.push('reference');
  const months = ageInMonths(age);
  if (!age.unknown && (months === null || months > maxAgeYears * 12)) faults.push('age');
  return faults;
}

/** Null when unknown or not answered. */
export function ageInMonths({ years, months, unknown }: AgeAnswer): number | null {
  if (unknown || (years === null && months === null)) return null;
  return (years ?? 0) * 12 + (months ?? 0);
}

function change(
  submissions: readonly Submission[],
  id: string,
  how: (one: Submission) => Submission,
): readonly Submission[] {
  return submissions.map((one) => (one.id === id ? how(one) : one));
}
