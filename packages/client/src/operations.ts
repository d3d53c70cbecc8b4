import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { errorOf, LucencyError } from './errors.js';

/**
 * An operation of GraphQL: its text, or what graphql-codegen makes of it with `documentMode: 'string'`, which knows its
 * result and variables.
 */
export type Operation<Result, Variables> =
  | string
  | (DocumentTypeDecoration<Result, Variables> & { valueOf(): string });

interface AnsweredError {
  message?: unknown;
  extensions?: { code?: unknown; retryAfterSeconds?: unknown };
}

/** An answer of GraphQL, over HTTP or WebSocket. */
export interface Answer {
  data?: unknown;
  errors?: readonly AnsweredError[];
}

/** @throws what the API answered instead; a part of an answer is none */
export function dataOf<Result>({ data, errors }: Answer, status?: number): Result {
  const [first] = errors ?? [];
  if (first) {
    const { code, retryAfterSeconds } = first.extensions ?? {};
    throw errorOf(code, first.message, { retryAfterSeconds: secondsOf(retryAfterSeconds), status });
  }
  if (data === undefined || data === null) {
    throw new LucencyError('UNEXPECTED_ANSWER', 'The answer has neither data nor errors.', { status });
  }
  return data as Result;
}

/** A member of a mutation's union that is a refusal, as the fragment `Refusal` reads it. */
interface Refused {
  __typename: `${string}Error`;
  code: string;
  message: string;
  retryAfterSeconds?: number;
  field?: string;
  uploadId?: string;
  study?: { id: string };
}

/** What a mutation did. @throws where it was refused */
export function payloadOf<Result extends { __typename: string }>(
  result: Result,
): Exclude<Result, { __typename: `${string}Error` }> {
  if (isRefused(result)) {
    const { code, message, study, ...details } = result;
    throw errorOf(code, message, { ...details, studyId: study?.id });
  }
  return result as Exclude<Result, { __typename: `${string}Error` }>;
}

function isRefused(result: { __typename: string }): result is Refused {
  return result.__typename.endsWith('Error');
}

function secondsOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
