import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ApiErrorCode, apiCodes } from '@lucency/contracts';
import type { Log } from '@lucency/messaging';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { busy } from './busy.js';
import { apiErrorFor } from './format-error.js';
import { refusalBody, refuse } from './problem.js';

/** What Fastify and Node refuse by themselves, by the status that they would give; other texts of theirs reach nobody. */
const codeByStatus: Record<number, ApiErrorCode> = {
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'TOO_LARGE',
  414: 'URL_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  417: 'EXPECTATION_FAILED',
  431: 'HEADERS_TOO_LARGE',
};

const methodsByPath: [RegExp, string][] = [
  [/^\/graphql$/, 'GET, POST'],
  [/^\/uploads\/[^/]+$/, 'PUT'],
  [/^\/images\/[^/]+$/, 'GET, HEAD'],
  [/^\/audit$/, 'GET'],
];

/** Gives every refusal that no route makes a code, a sentence and its status; mistakes of clients are no errors in the log. */
export function refuseRequests(server: FastifyInstance, log: Log): void {
  server.setErrorHandler((error: FastifyError, request, reply) => answerError(log, error, request, reply));
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = methodsByPath.find(([pattern]) => pattern.test(path))?.[1];
    if (!methods) return refuse(reply, 'NOT_FOUND');
    return refuse(reply.header('allow', methods), 'METHOD_NOT_ALLOWED');
  });
  server.addHook('onRequest', async (request, reply) => {
    // Apollo and the router make an address of it.
    if (!URL.canParse(`http://${request.headers.host ?? ''}/`)) {
      return refuse(reply, 'BAD_REQUEST', { message: 'Send one Host header with the name of this server.' });
    }
  });
  server.server.on('checkExpectation', refuseExpectation);
  // Nothing here takes text, and Apollo would say of it that a body is missing.
  server.removeContentTypeParser('text/plain');
}

/** For errors that Fastify meets before there is a route: addresses that cannot be decoded or are too long. */
export function answerError(
  log: Log,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = apiErrorFor(error);
  if (known) {
    const { code, retryAfterSeconds } = known.extensions as {
      code: ApiErrorCode;
      retryAfterSeconds?: number;
    };
    return refuse(reply, code, {
      message: known.message,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return refuse(reply, codeByStatus[status] ?? 'BAD_REQUEST');
  // A client that went away takes its own request with it.
  if (request.raw.destroyed && !request.raw.complete) return refuse(reply, 'BAD_REQUEST');
  log.error({ error }, 'a request failed');
  return refuse(reply, 'INTERNAL_SERVER_ERROR');
}

const statusByError: Record<string, ApiErrorCode> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** For what Node could not parse as a request; there is a socket only. */
export function answerUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawAnswer(statusByError[error.code ?? ''] ?? 'BAD_REQUEST'));
}

function rawAnswer(code: ApiErrorCode): string {
  const { status, message } = apiCodes[code];
  const body = JSON.stringify(refusalBody(code, message));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const { status, message } = apiCodes.EXPECTATION_FAILED;
  const body = JSON.stringify(refusalBody('EXPECTATION_FAILED', message));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}

/** While the server stops, refuses requests on open connections as BUSY: another gateway serves the retry. */
export function refuseWhileStopping(server: FastifyInstance): { stop(): void } {
  let stopping = false;
  server.addHook('onRequest', async (_request, reply) => {
    if (stopping) return refuse(reply.header('connection', 'close'), 'BUSY', busy());
  });
  return {
    stop: () => {
      stopping = true;
    },
  };
}
