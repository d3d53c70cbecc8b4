/** Codes that the API answers with, as docs/api/errors.md explains them. */
export const apiErrorCodes = [
  'ADDRESS_INVALID',
  'ALREADY_STORED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'BUSY',
  'CONFLICT',
  'CONTENT_MISMATCH',
  'EXPECTATION_FAILED',
  'HEADERS_TOO_LARGE',
  'INTERNAL_SERVER_ERROR',
  'INVALID_INPUT',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'NOT_FOUND',
  'PERSISTED_QUERY_NOT_FOUND',
  'QUOTA',
  'REQUEST_TIMEOUT',
  'SIGN_IN_UNAVAILABLE',
  'TOO_COSTLY',
  'TOO_LARGE',
  'TOO_SLOW',
  'UNAUTHENTICATED',
  'UNSUPPORTED_MEDIA_TYPE',
  'UPLOAD_INCOMPLETE',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_USED',
  'URL_TOO_LONG',
  'WRONG_LENGTH',
  'WRONG_STATE',
  'WRONG_TYPE',
] as const;

/**
 * What the client says by itself. `UNREACHABLE`: no answer arrived, so that nobody knows whether the request did.
 * `UNEXPECTED_ANSWER`: an answer that is not Lucency's, as of a proxy, or a code newer than this client.
 * `UNKNOWN_PICTURE`: the bytes are of no type that Lucency takes.
 */
export const clientErrorCodes = ['UNREACHABLE', 'UNEXPECTED_ANSWER', 'UNKNOWN_PICTURE'] as const;

export type ErrorCode = (typeof apiErrorCodes)[number] | (typeof clientErrorCodes)[number];

export interface ErrorDetails {
  /** When to try again, where the API says so. */
  retryAfterSeconds?: number | undefined;
  /** The argument that breaks a rule. */
  field?: string | undefined;
  /** The study that is in the way. */
  studyId?: string | undefined;
  /** The upload that is missing, incomplete or used. */
  uploadId?: string | undefined;
  /** Of the HTTP answer. */
  status?: number | undefined;
  cause?: unknown;
}

/** Every refusal and failure, each with a code of one closed list and a sentence for people. */
export class LucencyError extends Error {
  override readonly name = 'LucencyError';
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | undefined;
  readonly field: string | undefined;
  readonly studyId: string | undefined;
  readonly uploadId: string | undefined;
  readonly status: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.field = details.field;
    this.studyId = details.studyId;
    this.uploadId = details.uploadId;
    this.status = details.status;
  }
}

const known: readonly string[] = apiErrorCodes;

/** The error of a code that came over the network. */
export function errorOf(code: unknown, message: unknown, details: ErrorDetails = {}): LucencyError {
  const sentence = typeof message === 'string' ? message : 'The answer names no reason.';
  if (isApiErrorCode(code)) return new LucencyError(code, sentence, details);
  return new LucencyError('UNEXPECTED_ANSWER', `${sentence} (${String(code)})`, details);
}

function isApiErrorCode(code: unknown): code is (typeof apiErrorCodes)[number] {
  return typeof code === 'string' && known.includes(code);
}
