import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../database/pool.js';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';
import { authorOf } from '../study/actor.js';
import { storedUpload, submitAtNorth } from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { writeEntries } from './entries.js';
import { type Head, sealEntries } from './seal-entries.js';
import { verifyChain } from './verify-chain.js';

let tenants: TestTenants;
let owner: Pool;
let viewer: Viewer;

beforeAll(async () => {
  tenants = await createTestTenants();
  owner = createPool({ url: tenants.database.ownerUrl, max: 1, onIdleError: () => undefined });
  viewer = await tenants.viewer('north');
});
afterAll(async () => {
  await owner.end();
  await tenants.close();
});

async function add(count: number): Promise<void> {
  const siteId = tenants.sites.north.id;
  const object = {
    type: 'Image',
    id: await storedUpload(tenants.appPool, viewer, tenants.sites.north),
  } as const;
  await asTenant(tenants.appPool, viewer, (client) =>
    writeEntries(
      client,
      authorOf(viewer),
      Array.from({ length: count }, () => ({ action: 'STUDY_RETRIED', object, siteId, studyId: null })),
    ),
  );
}

const seal = () => sealEntries(tenants.workerPool);
const verify = (noted: Head | null = null) => verifyChain(tenants.workerPool, viewer.organizationId, noted);

/** What whoever owns the tables can do, who removes the triggers first. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
  const onTables = (act: string) =>
    owner.query(
      `ALTER TABLE audit ${act} TRIGGER is_append_only; ALTER TABLE audit_seal ${act} TRIGGER is_append_only`,
    );
  await onTables('DISABLE');
  await owner.query(statement, values);
  await onTables('ENABLE');
}

it('chains what was committed since, each entry once, however many coordinators seal', async () => {
  await submitAtNorth(tenants);
  await add(2_500);
  await Promise.all([seal(), seal(), seal()]);
  await seal();
  expect(await verify()).toMatchObject({ sealed: 2_501, fault: null });
  const number = (await verify()).head?.number;
  await seal();
  expect((await verify()).head?.number).toBe(number);
});

it('chains an entry whose transaction took its place before others and ended after they were sealed', async () => {
  const slow = await tenants.workerPool.connect();
  const organizationId = viewer.organizationId;
  await slow.query('BEGIN');
  const author = { organizationId, actor: { coordinator: 'recorder' } } as const;
  const object = { type: 'Study', id: organizationId } as const;
  await writeEntries(slow, author, [{ action: 'STUDY_READ', object, siteId: null, studyId: null }]);
  await add(3);
  await seal();
  const { sealed } = await verify();
  await slow.query('COMMIT');
  slow.release();
  await seal();
  expect(await verify()).toMatchObject({ sealed: sealed + 1, fault: null });
});

it('says which entry is the first that was changed', async () => {
  await add(1);
  await seal();
  const number = (await verify()).head?.number ?? 0;
  await add(5);
  await seal();
  const entry = `(SELECT position FROM audit_seal WHERE organization_id = $1 AND number = $2)`;
  const change = `UPDATE audit SET action = $3 WHERE organization_id = $1 AND position = ${entry}`;
  await tamper(change, [viewer.organizationId, number + 2, 'IMAGE_VIEWED']);
  expect(await verify()).toMatchObject({
    sealed: number + 1,
    fault: { number: number + 2, fault: 'ENTRY_CHANGED' },
  });
  await tamper(change, [viewer.organizationId, number + 2, 'STUDY_RETRIED']);
  expect(await verify()).toMatchObject({ fault: null });
});

it('says where a chain was cut, and that one made anew does not lead to a head that was kept elsewhere', async () => {
  const kept = (await verify()).head;
  if (!kept) throw new Error('no head');
  await add(3);
  await seal();
  expect(await verify(kept)).toMatchObject({ fault: null });
  await tamper('DELETE FROM audit_seal WHERE organization_id = $1 AND number = $2', [
    viewer.organizationId,
    kept.number - 1,
  ]);
  expect(await verify()).toMatchObject({ fault: { number: kept.number - 1, fault: 'SEAL_MISSING' } });
  // Whoever owns the database makes the whole chain anew, without one entry.
  await tamper('DELETE FROM audit_seal WHERE organization_id = $1', [viewer.organizationId]);
  await tamper(
    'DELETE FROM audit WHERE position = (SELECT min(position) FROM audit WHERE organization_id = $1)',
    [viewer.organizationId],
  );
  await seal();
  expect(await verify()).toMatchObject({ fault: null });
  expect(await verify(kept)).toMatchObject({ fault: { number: kept.number, fault: 'HEAD_CHANGED' } });
  await tamper('DELETE FROM audit_seal WHERE organization_id = $1', [viewer.organizationId]);
  expect(await verify(kept)).toMatchObject({ sealed: 0, fault: { number: 1, fault: 'HEAD_MISSING' } });
  await seal();
});

it('finds entries that are kept from the chain', async () => {
  await seal();
  await add(1);
  expect(await verify()).toMatchObject({ fault: null });
  await tamper(
    `UPDATE audit SET at = at - interval '1 day' WHERE position = (SELECT max(position) FROM audit)`,
  );
  expect(await verify()).toMatchObject({ fault: { number: null, fault: 'NEVER_SEALED' } });
});

it('is a hash that anybody can compute again', async () => {
  await seal();
  const { rows } = await owner.query(
    `SELECT s.number, s.previous_hash, s.hash, a.* FROM audit_seal s JOIN audit a USING (organization_id, position)
     WHERE a.action = 'STUDY_SUBMITTED' OR s.number = 5`,
  );
  for (const row of rows) {
    const details = Object.entries(row.details).sort();
    const fields = [row.id, row.organization_id, row.site_id, row.at.toISOString(), row.person_id, row.part];
    const what = [row.action, row.object_type, row.object_id, row.study_id, details];
    const text = JSON.stringify([row.previous_hash, Number(row.number), ...fields, ...what]);
    expect(createHash('sha256').update(text).digest('hex')).toBe(row.hash);
  }
  expect(rows.length).toBeGreaterThan(0);
});
