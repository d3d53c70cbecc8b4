import { type ApiErrorCode, apiCodes, isApiErrorCode } from '@lucency/contracts';
import type { GraphQLFormattedError } from 'graphql';

export interface AnswerHead {
  status: number;
  retryAfterSeconds: number | null;
}

/**
 * Status and Retry-After of an answer to a well-formed request. Part of an answer is an answer: 200. To clients that
 * accept `application/json` by name and nothing newer, GraphQL over HTTP says 200 for mistakes in the operation too.
 */
export function answerHead(
  { data, errors }: { data?: unknown; errors?: readonly GraphQLFormattedError[] | undefined },
  accept: string | undefined,
): AnswerHead {
  const codes = (errors ?? []).map(codeOf);
  const waits = (errors ?? []).map(({ extensions }) => extensions?.retryAfterSeconds);
  const wait = waits.filter((seconds) => typeof seconds === 'number');
  const retryAfterSeconds = wait.length > 0 ? Math.max(...wait) : null;
  const [worst] = codes.map((code) => apiCodes[code].status).sort((a, b) => b - a);
  if (!worst || (data ?? null) !== null) return { status: 200, retryAfterSeconds };
  return { status: worst === 400 && namesLegacyJson(accept) ? 200 : worst, retryAfterSeconds };
}

/**
 * Whether no root field has a value, each for an error of its own, as with an id that is none. Then there is no data,
 * and what was asked for is refused as a whole.
 */
export function isRefusedWhole(
  data: Readonly<Record<string, unknown>>,
  errors: readonly GraphQLFormattedError[],
): boolean {
  const failed = new Set(errors.map(({ path }) => path?.[0]));
  const fields = Object.entries(data);
  return fields.length > 0 && fields.every(([field, value]) => value === null && failed.has(field));
}

function namesLegacyJson(accept = ''): boolean {
  return /\bapplication\/json\b/i.test(accept) && !/graphql-response\+json|\*\/\*/i.test(accept);
}

function codeOf({ extensions }: GraphQLFormattedError): ApiErrorCode {
  return isApiErrorCode(extensions?.code) ? extensions.code : 'INTERNAL_SERVER_ERROR';
}

/** Whether an answer of GraphQL can be given to this client at all; asked before anything is done for it. */
export function acceptsAnswer(accept: string | undefined): boolean {
  if (!accept) return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return !refused && answerTypes.includes(type);
  });
}

const answerTypes = ['application/json', 'application/graphql-response+json', 'application/*', '*/*'];
