import { randomUUID } from 'node:crypto';
import { LucencyError } from '@lucency/client';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ DATABASE_POOL: '2' });
});
afterAll(() => gateway.close());

const client = () => gateway.client('technologist-north');

it('answers far too many queries with data or BUSY and a time to come back, never with an error', async () => {
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => client().ask('{ studies(first: 50) { revision } }')),
  );
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'DATA');
  expect(new Set(codes)).toEqual(new Set(['DATA', 'BUSY']));
  const refused = answers.find(({ errors }) => errors)?.errors?.[0];
  expect(refused?.message).toMatch(/^Too much is asked for at once\. Try again in [1-4] s\.$/);
  expect(Object.keys(refused?.extensions ?? {}).sort()).toEqual(['code', 'retryAfter', 'retryAfterSeconds']);
});

it('answers far too many uploads at once alike, and each of them is stored once it is repeated', async () => {
  const bytes = await drawPhantom({ seed: 1, width: 300, height: 250 });
  const siteId = (await client().sites()).get('Harbour North') ?? '';
  const uploads = await Promise.all(
    Array.from({ length: 120 }, () =>
      patiently(() => client().upload({ siteId, bytes, patientReference: randomUUID() })),
    ),
  );
  expect(new Set(uploads.map(({ value }) => value)).size).toBe(120);
  expect(uploads.some(({ tries }) => tries > 1)).toBe(true);
});

it('lets subscribers wait instead: all that come at once get their first event', async () => {
  const first = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const events = client().subscribe<{ studiesChanged: { resync: boolean } }>(
        'subscription { studiesChanged(since: "-1") { resync } }',
      );
      const { value } = await events.next();
      await events.return();
      return value?.studiesChanged.resync;
    }),
  );
  expect(first).toEqual(Array.from({ length: 100 }, () => true));
});

/** Repeats what is answered with BUSY, and nothing else. */
async function patiently<T>(attempt: () => Promise<T>): Promise<{ value: T; tries: number }> {
  for (let tries = 1; ; tries += 1) {
    try {
      return { value: await attempt(), tries };
    } catch (error) {
      if (!(error instanceof LucencyError) || error.code !== 'BUSY') throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
