import pg from 'pg';
import { expect, it } from 'vitest';
import { startTestGateway } from '../../testing/test-gateway.js';

it('says of a fault of ours that it is one, with 500, and its text to the log alone', async () => {
  const gateway = await startTestGateway();
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await gateway.signIn.tokenFor('technologist-north')}`,
  };
  const owner = new pg.Client(gateway.ownerUrl);
  await owner.connect();
  await owner.query('ALTER TABLE study RENAME TO study_elsewhere');
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers,
    body: '{"query":"{ studies(first: 1) { edges { node { id } } } }"}',
  });
  await owner.query('ALTER TABLE study_elsewhere RENAME TO study');
  await owner.end();
  expect(answer.status).toBe(500);
  const message = 'Something went wrong on our side. Try again.';
  expect(await answer.json()).toMatchObject({
    errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
  expect(gateway.log.filter(({ level }) => level === 'error')).toHaveLength(1);
  await gateway.close();
});
