import type { FastifyReply } from 'fastify';

/** Answers of the plain HTTP routes, in the shape of GraphQL's expected failures. */
export function problem(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').send({ code, message });
}
