import { unwrapResolverError } from '@apollo/server/errors';
import type { Log } from '@lucency/messaging/nats';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { DatabaseBusy } from '../database/pool.js';
import { NotSignedIn } from '../identity/authenticator.js';
import { ApiError, type ApiErrorCode } from '../schema/api-error.js';
import { busyError } from './busy.js';
import { tooCostlyMessage } from './limits.js';

/** Codes that Apollo and graphql-js give to mistakes of the client, and their texts may be shown. */
const clientCodes: Record<string, ApiErrorCode> = {
  GRAPHQL_PARSE_FAILED: 'BAD_USER_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
};

/** Turns any error into what a client may see: a code always, internal text never. */
export function createErrorFormatter(
  log: Log,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const apiError =
      cause instanceof DatabaseBusy
        ? busyError()
        : [error, cause].find((candidate) => candidate instanceof ApiError);
    if (apiError) {
      const { http: _, ...extensions } = apiError.extensions;
      return { ...place, message: apiError.message, extensions };
    }
    if (cause instanceof NotSignedIn) {
      return { ...place, message: signInSentence(cause), extensions: { code: 'UNAUTHENTICATED' } };
    }
    if (formatted.message.includes(tooCostlyMessage)) {
      return { ...place, message: tooCostlyMessage, extensions: { code: 'TOO_COSTLY' } };
    }
    const code = clientCodes[String(formatted.extensions?.code)];
    const ownFault = cause instanceof Error && !(cause instanceof GraphQLError);
    if (code && !ownFault) return { ...place, message: formatted.message, extensions: { code } };
    log.error({ error: cause, operation: failedField(error) }, 'an operation failed');
    return {
      ...place,
      message: 'Something went wrong on our side. Try again.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };
}

/** By its name in the schema: the path has aliases, which are the client's words. */
function failedField(error: unknown): string | undefined {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined;
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
}

export function signInSentence({ problem }: NotSignedIn): string {
  switch (problem) {
    case 'MISSING_TOKEN':
      return 'Sign in and send the access token as a bearer token.';
    case 'INVALID_TOKEN':
      return 'The access token is invalid or has expired. Sign in again.';
    case 'UNKNOWN_PERSON':
      return 'You are signed in but have no role here. Ask your administrator for one.';
  }
}
