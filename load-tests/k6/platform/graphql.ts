import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import { type Answer, counted } from './answer.ts';
import type { Participant } from './participants.ts';
import { settings } from './settings.ts';
import { tokenOf } from './tokens.ts';

interface GraphqlBody {
  data?: Record<string, Failure | null> | null;
  errors?: { extensions?: { code?: string; retryAfterSeconds?: number } }[];
}

interface Failure {
  __typename?: string;
  code?: string;
  retryAfterSeconds?: number;
}

interface Request {
  participant: Participant;
  operation: string;
  query: string;
  variables?: Record<string, unknown>;
}

export function ask<T>(
  participant: Participant,
  operation: string,
  query: string,
  variables: Record<string, unknown> = {},
): Answer<T> {
  const [answer] = askAll<T>([{ participant, operation, query, variables }]);
  return answer ?? { error: 'NOT_ASKED' };
}

/** Asks everything at once. */
export function askAll<T>(requests: readonly Request[]): Answer<T>[] {
  const responses = http.batch(requests.map(toRequest));
  return requests.map((request, index) => read<T>(responses[index], request));
}

function toRequest({ participant, operation, query, variables = {} }: Request) {
  return {
    method: 'POST',
    url: `${settings.url}/graphql`,
    body: JSON.stringify({ query, variables }),
    params: {
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${tokenOf(participant.who, participant.firstToken)}`,
      },
      tags: { name: operation },
      timeout: '30s',
    },
  };
}

function read<T>(
  response: RefinedResponse<ResponseType | undefined> | undefined,
  { participant, operation }: Request,
): Answer<T> {
  return counted(participant.who, operation, classify<T>(response));
}

function classify<T>(response: RefinedResponse<ResponseType | undefined> | undefined): Answer<T> {
  if (!response || response.status === 0) return { error: `NO_ANSWER_${response?.error_code ?? ''}` };
  let body: GraphqlBody;
  try {
    body = JSON.parse(String(response.body));
  } catch {
    return { error: `HTTP_${response.status}` };
  }
  const { code, retryAfterSeconds } = body.errors?.[0]?.extensions ?? {};
  if (code === 'BUSY' || code === 'QUOTA')
    return { busy: { code, retryAfterSeconds: retryAfterSeconds ?? 1 } };
  if (body.errors || !body.data) return { error: code ?? `HTTP_${response.status}` };
  // Expected failures are members of the result's union, beside the payload.
  for (const field of Object.values(body.data)) {
    if (field?.__typename === 'BusyError' || field?.__typename === 'QuotaError') {
      return { busy: { code: field.code ?? 'BUSY', retryAfterSeconds: field.retryAfterSeconds ?? 1 } };
    }
    if (field?.__typename?.endsWith('Error')) return { error: field.code ?? field.__typename };
  }
  return { data: body.data as T };
}
