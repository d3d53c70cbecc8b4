import { errorOf, LucencyError } from './errors.js';
import { type Answer, dataOf, type Operation } from './operations.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpRequest<Result, Variables> {
  fetch: Fetch;
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  token: string;
  operation: Operation<Result, Variables>;
  variables: Variables | undefined;
  signal: AbortSignal | undefined;
}

/** A gateway that takes the connection and never answers is as good as away. */
const answerWithinMs = 30_000;

/** One query or mutation, once. @throws LucencyError, or the signal's reason */
export async function post<Result, Variables>(request: HttpRequest<Result, Variables>): Promise<Result> {
  const { fetch, endpoint, headers, token, operation, variables, signal } = request;
  const deadline = AbortSignal.timeout(answerWithinMs);
  const response = await reach(fetch, endpoint, {
    method: 'POST',
    headers: {
      ...headers,
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: String(operation), variables }),
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  }).catch((error) => {
    signal?.throwIfAborted();
    throw error;
  });
  const answer = parse(await textOf(response));
  if (isAnswer(answer)) return dataOf<Result>(answer, response.status);
  throw problemOf(response, answer);
}

/** @throws LucencyError UNREACHABLE where no answer arrives */
export async function reach(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new LucencyError('UNREACHABLE', `No answer came from ${new URL(url).host}.`, { cause });
  }
}

/** The error of an answer of HTTP that is none of GraphQL: Lucency's `{ code, message }`, or a proxy's. */
export function problemOf(response: Response, body: unknown): LucencyError {
  const details = { status: response.status, retryAfterSeconds: retryAfterOf(response) };
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body) {
    return errorOf(body.code, body.message, details);
  }
  return new LucencyError('UNEXPECTED_ANSWER', `The answer was HTTP ${response.status}.`, details);
}

export async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new LucencyError('UNREACHABLE', 'The answer broke off.', { cause, status: response.status });
  }
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAnswer(body: unknown): body is Answer {
  return typeof body === 'object' && body !== null && ('data' in body || 'errors' in body);
}

/** RFC 9110: seconds or a date. */
function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
