import { unwrapResolverError } from '@apollo/server/errors';
import { apiCodes } from '@lucency/contracts';
import type { Log } from '@lucency/messaging';
import { PothosValidationError } from '@pothos/core';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { DatabaseError } from 'pg';
import { z } from 'zod';
import { DatabaseBusy } from '../../database/pool.js';
import { NotSignedIn, SignInUnavailable } from '../../identity/sign-in-problem.js';
import { ApiError } from '../../schema/api-error.js';
import { busyError } from './busy.js';

/** Codes that Apollo gives to mistakes of the client, and their texts may be shown to it. */
const clientCodes: Record<string, 'BAD_USER_INPUT' | 'PERSISTED_QUERY_NOT_FOUND'> = {
  GRAPHQL_PARSE_FAILED: 'BAD_USER_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'PERSISTED_QUERY_NOT_FOUND',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
};

/** Turns any error into what a client may see: a code always, internal text never. */
export function createErrorFormatter(
  log: Log,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const known = apiErrorFor(error) ?? mistakeIn(formatted, error);
    if (known) {
      const { http: _, ...extensions } = known.extensions;
      return { ...place, message: known.message, extensions };
    }
    log.error({ error: unwrapResolverError(error), operation: failedField(error) }, 'an operation failed');
    const code = 'INTERNAL_SERVER_ERROR';
    return { ...place, message: apiCodes[code].message, extensions: { code } };
  };
}

/** The client-visible form of an expected error; null for any other. */
export function apiErrorFor(error: unknown): ApiError | null {
  const cause = unwrapResolverError(error);
  if (cause instanceof DatabaseBusy) return busyError();
  if (cause instanceof SignInUnavailable) {
    return new ApiError('SIGN_IN_UNAVAILABLE', undefined, cause.retryAfterSeconds);
  }
  if (cause instanceof NotSignedIn) return new ApiError('UNAUTHENTICATED', signInSentence(cause));
  for (const candidate of [error, cause]) if (candidate instanceof ApiError) return candidate;
  if (cause instanceof PothosValidationError && cause.message.startsWith('ID: ')) {
    return new ApiError('BAD_USER_INPUT', 'An id is of another type than is asked for here.');
  }
  if (cause instanceof PothosValidationError || isRefusedValue(cause)) return new ApiError('BAD_USER_INPUT');
  return null;
}

/** What GraphQL, Armor and Apollo say of an operation before any resolver runs. */
function mistakeIn(formatted: GraphQLFormattedError, error: unknown): ApiError | null {
  if (formatted.message.includes(apiCodes.TOO_COSTLY.message)) return new ApiError('TOO_COSTLY');
  const cause = unwrapResolverError(error);
  if (cause instanceof Error && !(cause instanceof GraphQLError)) return null;
  const code = codeByStatus(error) ?? clientCodes[String(formatted.extensions?.code)];
  if (code === 'PERSISTED_QUERY_NOT_FOUND') return new ApiError(code);
  return code ? new ApiError(code, formatted.message) : null;
}

/** Apollo refuses some uses of persisted operations, and mutations by GET, with a status that says more than its code. */
function codeByStatus(error: unknown): 'BAD_USER_INPUT' | 'METHOD_NOT_ALLOWED' | undefined {
  const http = httpHead.safeParse(error);
  if (!http.success) return undefined;
  const { code, http: head } = http.data.extensions;
  if (head.status === 405) return 'METHOD_NOT_ALLOWED';
  return head.status === 400 && code === undefined ? 'BAD_USER_INPUT' : undefined;
}

const httpHead = z.object({
  extensions: z.object({ code: z.string().optional(), http: z.object({ status: z.number() }) }),
});

const prismaCause = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
});

/** Class 22 of SQL's states: a value that its type cannot hold, as text with a NUL character. */
function isRefusedValue(cause: unknown): boolean {
  const prisma = prismaCause.safeParse(cause);
  const state = prisma.success
    ? prisma.data.meta.driverAdapterError.cause.originalCode
    : cause instanceof DatabaseError && cause.code;
  return typeof state === 'string' && state.startsWith('22');
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
