import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { keepLanes } from './keep-lanes.js';

it('answers what exceeds a client’s lane with 503 and when to come back, a second later, and others at once', async () => {
  const server = fastify();
  keepLanes(server);
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  server.get('/', async () => {
    await gate;
    return 'done';
  });
  server.get('/quick', () => 'done');
  const ask = (client: string, url = '/') =>
    server.inject({ url, headers: { authorization: `Bearer ${client}` } }).then((answer) => answer);

  const taken = Array.from({ length: 8 + 64 }, () => ask('a'));
  const begun = performance.now();
  const refused = await ask('a');
  expect(performance.now() - begun).toBeGreaterThan(900);
  expect(refused.statusCode).toBe(503);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ errors: [{ extensions: { code: 'BUSY' } }] });
  expect((await ask('b', '/quick')).statusCode).toBe(200);

  open();
  expect((await Promise.all(taken)).map(({ statusCode }) => statusCode)).toEqual(taken.map(() => 200));
  await server.close();
});
