import type { ExpectedFailureCode } from '@lucency/contracts';

/** Expected failures of mutations; each is a member of the union its mutation answers with. */
export abstract class ExpectedFailure extends Error {
  readonly code: ExpectedFailureCode;

  constructor(code: ExpectedFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

export class InputError extends ExpectedFailure {
  readonly field: string;

  constructor(field: string, message: string) {
    super('INVALID_INPUT', message);
    this.field = field;
  }
}

export class NotFoundError extends ExpectedFailure {
  constructor(message: string) {
    super('NOT_FOUND', message);
  }
}

export class ConflictError extends ExpectedFailure {
  /** Of the study that is in the way. */
  readonly studyId: string;

  constructor(message: string, studyId: string) {
    super('CONFLICT', message);
    this.studyId = studyId;
  }
}

export type UploadProblem = 'UPLOAD_NOT_FOUND' | 'UPLOAD_INCOMPLETE' | 'UPLOAD_USED';

const uploadProblems: Record<UploadProblem, string> = {
  UPLOAD_NOT_FOUND: 'There is no such upload of yours at this site. Create a new one.',
  UPLOAD_INCOMPLETE: 'The image was not uploaded yet. PUT its bytes to the address of the upload first.',
  UPLOAD_USED: 'This upload already belongs to another study. Create a new one.',
};

export class UploadError extends ExpectedFailure {
  readonly uploadId: string;

  constructor(problem: UploadProblem, uploadId: string) {
    super(problem, uploadProblems[problem]);
    this.uploadId = uploadId;
  }
}

export class StateError extends ExpectedFailure {
  constructor(message: string) {
    super('WRONG_STATE', message);
  }
}

/** Not a refusal of what was asked for, but of now. */
export abstract class TryLater extends ExpectedFailure {
  readonly retryAfterSeconds: number;

  constructor(code: ExpectedFailureCode, message: string, retryAfterSeconds: number) {
    super(code, message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export class BusyError extends TryLater {
  constructor(
    retryAfterSeconds: number,
    message = `More studies wait than can be read in time. Try again in ${retryAfterSeconds} s.`,
  ) {
    super('BUSY', message, retryAfterSeconds);
  }
}

export class QuotaError extends TryLater {
  constructor(retryAfterSeconds: number) {
    super('QUOTA', 'Too many unused uploads are open. Submit or wait for them to expire.', retryAfterSeconds);
  }
}
