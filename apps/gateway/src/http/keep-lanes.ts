import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { heldMs } from '../admission/hold-back.js';
import { busy, busyCode } from './busy.js';
import { ClientLanes } from './client-lanes.js';

/** Lets each client's requests wait in a lane of their own; clients are told apart by their tokens. */
export function keepLanes(server: FastifyInstance): void {
  const lanes = new ClientLanes();
  server.addHook('preHandler', async (request, reply) => {
    const client = request.headers.authorization;
    if (!client) return;
    const turn = lanes.enter(client);
    if (!turn) {
      await sleep(heldMs);
      const { message, retryAfter } = busy();
      const errors = [{ message, extensions: { code: busyCode, retryAfter } }];
      return reply.code(503).header('retry-after', retryAfter).send({ errors });
    }
    const leave = await turn;
    if (reply.raw.closed) leave();
    else reply.raw.once('close', leave);
  });
}
