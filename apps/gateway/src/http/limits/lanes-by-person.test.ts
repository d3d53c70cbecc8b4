import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  gateway = await startTestGateway({ DATABASE_POOL: '2' });
});
afterAll(async () => {
  agent.destroy();
  await gateway.close();
});

const query = JSON.stringify({ query: '{ studies(first: 5) { edges { node { id } } } }' });

/** Not fetch, which writes every spelling of a scheme alike. */
const ask = (authorization: string) =>
  new Promise<number>((resolve, reject) => {
    const sent = request(`${gateway.url}/graphql`, {
      method: 'POST',
      agent,
      headers: { authorization, 'content-type': 'application/json', 'content-length': query.length },
    });
    sent.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(query);
  });

it('gives one person one lane, in whatever spelling and with however many tokens they ask', async () => {
  const tokens = await Promise.all(
    Array.from({ length: 4 }, () => gateway.signIn.tokenFor('radiologist-both')),
  );
  const schemes = Array.from({ length: 64 }, (_, mask) =>
    [...'bearer'].map((letter, bit) => ((mask >> bit) & 1 ? letter.toUpperCase() : letter)).join(''),
  );
  const others: number[] = [];
  const valley = `Bearer ${await gateway.signIn.tokenFor('technologist-valley')}`;
  const flood = Promise.all(
    Array.from({ length: 200 }, (_, index) => ask(`${schemes[index % 64]} ${tokens[index % 4]}`)),
  );
  for (let tries = 0; tries < 10; tries += 1) others.push(await ask(valley));
  const statuses = await flood;
  expect(statuses).toContain(503);
  expect(new Set(others)).toEqual(new Set([200]));
});
