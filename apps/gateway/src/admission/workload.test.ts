import type { Priority } from '@lucency/contracts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SignedAddresses } from '../addresses/signed-addresses.js';
import { currentBacklog } from '../coordination/watch-backlog.js';
import { submitStudy } from '../study/commands/submit-study.js';
import { createUpload } from '../submission/create-upload.js';
import { BusyError } from '../submission/errors.js';
import { storedUpload, submission } from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { admit } from './admit.js';
import { readingService } from './reading-service.js';
import { WorkloadReader } from './workload.js';

const limits = { ROUTINE: 20, STAT: 40 };
let tenants: TestTenants;

beforeAll(async () => {
  tenants = await createTestTenants();
});
afterAll(() => tenants.close());
beforeEach(() =>
  tenants.workerPool.query(
    `UPDATE task SET state = CASE state WHEN 'PENDING' THEN 'CANCELLED' ELSE state END, settled_at = NULL`,
  ),
);

const look = () => new WorkloadReader(tenants.appPool).read();

/** Studies of one site: from so long ago, as they were taken then, or of now, with the admission of the gateway. */
async function submit(
  who: 'north' | 'south' | 'valley',
  {
    count = 1,
    secondsAgo = 0,
    priority = 'ROUTINE',
    key = '',
  }: { count?: number; secondsAgo?: number; priority?: Priority; key?: string } = {},
) {
  const viewer = await tenants.viewer(who);
  const site = tenants.sites[who];
  const workload = new WorkloadReader(tenants.appPool);
  for (let index = 0; index < count; index += 1) {
    const upload = await storedUpload(tenants.appPool, viewer, site, key || undefined);
    const { studyId } = await submitStudy(
      {
        pool: tenants.appPool,
        ageWithinRange: () => true,
        admit: async (study) => (secondsAgo > 0 ? null : admit(await workload.read(), study, limits)),
      },
      viewer,
      submission(site, upload, { priority, ...(key ? { idempotencyKey: key, patientReference: key } : {}) }),
    );
    await tenants.backdate(studyId, secondsAgo);
  }
}

it('sees what waits at the sites of every organization, by priority and age', async () => {
  await submit('north', { count: 3, secondsAgo: 70 });
  await submit('valley', { secondsAgo: 10 });
  const { sites } = await look();
  const of = (id: string) => sites.find(({ siteId }) => siteId === id);
  expect(of(tenants.sites.north.id)).toMatchObject({ priority: 'ROUTINE', waiting: 3, standing: 3 });
  expect(of(tenants.sites.north.id)?.oldestSeconds).toBeGreaterThanOrEqual(70);
  expect(of(tenants.sites.valley.id)).toMatchObject({ waiting: 1, standing: 1 });
});

it('shows a person counts and ages of other organizations, but none of their rows', async () => {
  await submit('valley');
  const seen = await tenants.appPool.query('SELECT count(*)::int AS rows FROM task');
  expect(seen.rows[0]).toEqual({ rows: 0 });
});

it('answers the flooding site BUSY with a time to come back, and still takes another site and STAT', async () => {
  await submit('north', { count: 8, secondsAgo: 75 });
  const refusal = await submit('north').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(BusyError);
  expect(refusal).toMatchObject({ code: 'BUSY', retryAfterSeconds: expect.any(Number) });
  await submit('south');
  await submit('valley');
  await submit('north', { priority: 'STAT' });
});

it('refuses nobody for studies that a worker put off: what comes is read before them', async () => {
  await submit('north', { count: 8, secondsAgo: 75 });
  await tenants.workerPool.query(
    `UPDATE task SET dispatched_at = NULL, due_at = now() + interval '3 seconds' WHERE state = 'PENDING'`,
  );
  await submit('north');
  await submit('valley');
  expect(readingService(await look()).oldestWaitingSeconds).toBeGreaterThanOrEqual(75);
});

it('answers a repeated submission with the first study, however busy it is', async () => {
  await submit('north', { key: 'again', secondsAgo: 75 });
  await submit('north', { count: 7, secondsAgo: 75 });
  await submit('north', { key: 'again' });
  await expect(submit('north', { key: 'another' })).rejects.toThrow(BusyError);
});

it('refuses the upload of a study that it would refuse, before any bytes are sent', async () => {
  await submit('north', { count: 8, secondsAgo: 75 });
  const open = async (who: 'north' | 'south', priority: Priority) => {
    const workload = new WorkloadReader(tenants.appPool);
    return createUpload(
      {
        pool: tenants.appPool,
        addresses: new SignedAddresses('http://gateway.test', new Uint8Array(32)),
        admit: async (study) => admit(await workload.read(), study, limits),
      },
      await tenants.viewer(who),
      {
        siteId: tenants.sites[who].id,
        bytes: 9,
        mediaType: 'image/png',
        sha256: 'a'.repeat(64),
        priority,
      },
    );
  };
  await expect(open('north', 'ROUTINE')).rejects.toThrow(BusyError);
  expect(await open('north', 'STAT')).toHaveProperty('url');
  expect(await open('south', 'ROUTINE')).toHaveProperty('url');
});

it('takes studies again once what waited is answered', async () => {
  await submit('north', { count: 8, secondsAgo: 75 });
  await tenants.workerPool.query(
    `UPDATE task SET state = 'DONE', settled_at = now() WHERE state = 'PENDING'`,
  );
  await submit('north');
});

it('does not count the age of a study that a person retries days later', async () => {
  await submit('north', { count: 8, secondsAgo: 90_000 });
  await tenants.workerPool.query(`UPDATE task SET attempt = 2 WHERE state = 'PENDING'`);
  expect((await look()).sites).toMatchObject([{ waiting: 8, standing: 0, oldestSeconds: 0 }]);
  await submit('north');
});

it('tells readers that the AI is behind, away while nothing is answered, and on time again', async () => {
  const state = async () => readingService(await look()).state;
  expect(await state()).toBe('ON_TIME');
  await submit('north', { secondsAgo: 40 });
  expect(await state()).toBe('BEHIND');
  await tenants.workerPool.query('UPDATE task SET settled_at = NULL');
  await submit('north', { secondsAgo: 61 });
  expect(await state()).toBe('AWAY');
  await submit('south');
  await tenants.workerPool.query(
    `UPDATE task SET state = 'DONE', settled_at = now() WHERE state = 'PENDING' AND site_id = $1`,
    [tenants.sites.south.id],
  );
  expect(await state()).toBe('BEHIND');
  await tenants.workerPool.query(
    `UPDATE task SET state = 'DONE', settled_at = now() WHERE state = 'PENDING'`,
  );
  expect(await state()).toBe('ON_TIME');
});

it('measures the backlog of every kind and priority, empty ones too', async () => {
  await submit('north', { count: 2, secondsAgo: 30 });
  const backlog = await currentBacklog(tenants.workerPool);
  expect(backlog).toHaveLength(6);
  const [first] = backlog.filter(({ kind, priority }) => kind === 'classify' && priority === 'ROUTINE');
  expect(first).toMatchObject({ tasks: 2 });
  expect(first?.seconds).toBeGreaterThanOrEqual(30);
  expect(backlog.filter(({ tasks }) => tasks === 0)).toHaveLength(5);
});
