import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { heldMs } from '../../admission/hold-back.js';
import { busy } from '../errors/busy.js';
import { refuse } from '../errors/problem.js';
import { ClientLanes } from './client-lanes.js';

/** Queues each client's requests in a lane of their own. Requests without a client (null) wait for nobody. */
export function keepLanes(
  server: FastifyInstance,
  clientOf: (request: FastifyRequest) => Promise<string | null> = async ({ headers }) =>
    headers.authorization ?? null,
): void {
  const lanes = new ClientLanes();
  server.addHook('preHandler', async (request, reply) => {
    const client = await clientOf(request);
    if (client === null) return;
    const turn = lanes.enter(client);
    if (!turn) {
      await sleep(heldMs);
      return refuse(reply, 'BUSY', busy());
    }
    const leave = await turn;
    if (reply.raw.closed) leave();
    else reply.raw.once('close', leave);
  });
}
