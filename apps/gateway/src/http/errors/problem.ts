import type { RefusalCode } from '@lucency/contracts';
import { type ApiErrorCode, apiCodes } from '@lucency/contracts';
import type { FastifyReply } from 'fastify';
import { retryExtensions } from '../../schema/api-error.js';

/** Answers of the plain HTTP routes, in the shape of GraphQL's expected failures. */
export function problem(
  reply: FastifyReply,
  status: number,
  code: ApiErrorCode | RefusalCode,
  message: string,
): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ code, message });
}

export interface Refusal {
  /** Instead of the code's own sentence. */
  message?: string;
  retryAfterSeconds?: number;
}

const routesForBytes: (string | undefined)[] = ['/uploads/:token', '/images/:token', '/audit'];

/**
 * Refuses a request with the status that its code has. Outside the routes for bytes the answer has the shape of GraphQL
 * too, because clients of GraphQL look for `errors` whoever refused.
 */
export function refuse(
  reply: FastifyReply,
  code: ApiErrorCode,
  { message = apiCodes[code].message, retryAfterSeconds }: Refusal = {},
): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  const body = refusalBody(code, message, retryAfterSeconds);
  const isPlain = routesForBytes.includes(reply.request.routeOptions.url);
  return reply
    .code(apiCodes[code].status)
    .header('cache-control', 'no-store')
    .header('content-type', `${isPlain ? json : typeFor(reply.request.headers.accept)}; charset=utf-8`)
    .send(isPlain ? { code, message } : body);
}

const json = 'application/json';
const graphqlJson = 'application/graphql-response+json';

/** Clients that know the newer type read the errors of an answer whatever its status, and of the older one only with 200. */
function typeFor(accept = ''): string {
  return accept.includes(graphqlJson) ? graphqlJson : json;
}

/** An error of GraphQL beside the fields of a problem. */
export function refusalBody(code: ApiErrorCode, message: string, retryAfterSeconds?: number) {
  const when = retryAfterSeconds === undefined ? {} : retryExtensions(retryAfterSeconds);
  return { errors: [{ message, extensions: { code, ...when } }], code, message };
}
