interface ApiCode {
  /** Of an HTTP answer without any data; unused over WebSocket. */
  status: number;
  /** The sentence for people; callers may give a more specific one. */
  message: string;
}

/**
 * Every code that an error of this API carries: in `extensions.code` of GraphQL, over HTTP and WebSocket alike, and in
 * `code` of the routes for bytes. docs/api/errors.md explains them to clients and is held to this table by a test.
 */
export const apiCodes = {
  BAD_REQUEST: { status: 400, message: 'This request cannot be understood.' },
  BAD_USER_INPUT: { status: 400, message: 'An argument of this operation is not one that this API takes.' },
  TOO_COSTLY: {
    status: 400,
    message: 'This operation asks for too much at once. Ask for fewer fields or smaller pages.',
  },
  // Clients recognize this text and send the whole operation next.
  PERSISTED_QUERY_NOT_FOUND: { status: 400, message: 'PersistedQueryNotFound' },
  WRONG_LENGTH: { status: 400, message: 'Send the declared number of bytes with a Content-Length.' },
  UNAUTHENTICATED: { status: 401, message: 'Sign in and send the access token as a bearer token.' },
  ADDRESS_INVALID: { status: 403, message: 'This address is not valid or has expired. Ask for a new one.' },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This address does not answer that HTTP method.' },
  NOT_ACCEPTABLE: {
    status: 406,
    message: 'Accept application/graphql-response+json or application/json; nothing was done.',
  },
  REQUEST_TIMEOUT: { status: 408, message: 'The request did not arrive in time. Send it again.' },
  TOO_SLOW: {
    status: 408,
    message: 'The bytes stopped arriving, or arrived too slowly. Send them again over a better connection.',
  },
  ALREADY_STORED: { status: 409, message: 'These bytes were already stored; an upload is good once.' },
  TOO_LARGE: { status: 413, message: 'This request is larger than this address takes.' },
  URL_TOO_LONG: { status: 414, message: 'This address is longer than any given out here.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Send application/json.' },
  WRONG_TYPE: { status: 415, message: 'Send the Content-Type that was declared.' },
  EXPECTATION_FAILED: { status: 417, message: 'Of expectations, this server meets 100-continue alone.' },
  CONTENT_MISMATCH: {
    status: 422,
    message: 'The bytes are not those that were declared. Upload them again.',
  },
  QUOTA: { status: 429, message: 'Too much was asked for in a short time. Try again later.' },
  HEADERS_TOO_LARGE: { status: 431, message: 'The headers of this request are too large.' },
  INTERNAL_SERVER_ERROR: { status: 500, message: 'Something went wrong on our side. Try again.' },
  BUSY: { status: 503, message: 'Too much is asked for at once. Try again in a moment.' },
  SIGN_IN_UNAVAILABLE: {
    status: 503,
    message: 'Sign-in cannot be reached at the moment. Your session is kept; try again.',
  },
} satisfies Record<string, ApiCode>;

export type ApiErrorCode = keyof typeof apiCodes;

/**
 * Codes of the expected failures that mutations answer as members of their unions, with HTTP status 200. A mutation that
 * is refused as NOT_FOUND, BUSY or QUOTA says so in data; the same codes as errors mean the same.
 */
export const expectedFailureCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_INCOMPLETE',
  'UPLOAD_USED',
  'WRONG_STATE',
  'BUSY',
  'QUOTA',
] as const;

export type ExpectedFailureCode = (typeof expectedFailureCodes)[number];

/** Every code that a client can meet beside those of refusals: one closed list. */
export type ErrorCode = ApiErrorCode | ExpectedFailureCode;

/** Codes that say when to try again. */
export type RetryCode = 'QUOTA' | 'BUSY' | 'SIGN_IN_UNAVAILABLE';

const retryCodes: readonly string[] = ['QUOTA', 'BUSY', 'SIGN_IN_UNAVAILABLE'] satisfies RetryCode[];

export function isApiErrorCode(code: unknown): code is ApiErrorCode {
  return typeof code === 'string' && Object.hasOwn(apiCodes, code);
}

export function saysWhen(code: ApiErrorCode): code is RetryCode {
  return retryCodes.includes(code);
}
