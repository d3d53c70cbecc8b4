import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;
let authorization: string;

beforeAll(async () => {
  gateway = await startTestGateway({ INTROSPECTION: 'on' });
  authorization = `Bearer ${await gateway.signIn.tokenFor('technologist-north')}`;
});
afterAll(() => gateway.close());

it('passes every audit of GraphQL over HTTP, those of SHOULD and MAY too', async () => {
  const results = await auditServer({
    url: `${gateway.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization } }),
  });
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([]);
});

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers });

it('answers queries by GET and keeps them out of every cache', async () => {
  const answer = await get('{ viewer { person { name } } }', { authorization });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(await answer.json()).toMatchObject({ data: { viewer: { person: { name: expect.any(String) } } } });
});

it('runs no mutation by GET', async () => {
  const answer = await get('mutation { retryStudy(input: { studyId: "x" }) { __typename } }', {
    authorization,
  });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
});

it('answers no GET that a page can make without asking first', async () => {
  const answer = await get('{ __typename }');
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect((await get('{ __typename }', { 'apollo-require-preflight': '1' })).status).toBe(200);
});

it('charges questions about the schema to where they come from', async () => {
  const ask = () =>
    fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __schema { description } }"}',
    });
  const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await ask()).status));
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
});

it('has no schema to show unless it is switched on', async () => {
  const closed = await startTestGateway();
  const token = await closed.signIn.tokenFor('technologist-north');
  const answer = await fetch(`${closed.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{"query":"{ __schema { description } }"}',
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  const events = closed.client('technologist-north').subscribe('subscription { __schema { description } }');
  await expect(events.next()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await closed.close();
});
