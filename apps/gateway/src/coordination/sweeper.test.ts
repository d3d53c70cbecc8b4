import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BlobStore, createBlobStore } from '@lucency/blobs';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { submitStudy } from '../study/commands/submit-study.js';
import { storedUpload, submission } from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { sweep } from './sweeper.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const twoDaysAgo = new Date(Date.now() - 2 * 24 * 3600_000);

let tenants: TestTenants;
let folder: string;
let blobs: BlobStore;

beforeAll(async () => {
  tenants = await createTestTenants();
  folder = await mkdtemp(path.join(tmpdir(), 'lucency-sweep-'));
  blobs = createBlobStore(`file://${folder}`);
});
afterAll(async () => {
  await tenants.close();
  await rm(folder, { recursive: true });
});

/** A blob as it stands two days after its upload. */
async function oldBlob(key: string): Promise<void> {
  await blobs.write(key, new Uint8Array([1]));
  await utimes(path.join(folder, key), twoDaysAgo, twoDaysAgo);
}

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of blobs.list('')) found.push(key);
  return found.sort();
}

it('removes what no study adopted after a day, and nothing else', async () => {
  const viewer = await tenants.viewer('north');
  const { north } = tenants.sites;
  const [adopted, forgotten, fresh] = [
    await storedUpload(tenants.appPool, viewer, north),
    await storedUpload(tenants.appPool, viewer, north),
    await storedUpload(tenants.appPool, viewer, north),
  ];
  await submitStudy(
    { pool: tenants.appPool, ageWithinRange: () => true, admit: async () => null },
    viewer,
    submission(north, adopted),
  );
  const keyOf = (id: string) => `${viewer.organizationId}/${id}`;
  const orphan = `${keyOf(randomUUID())}.heatmap.png`;
  const foreign = 'backup/of-someone-else.tar';
  for (const key of [keyOf(adopted), keyOf(forgotten), orphan, foreign]) await oldBlob(key);
  await blobs.write(keyOf(fresh), new Uint8Array([1]));
  await expire([adopted, forgotten]);

  await sweep({ pool: tenants.workerPool, blobs, log: quiet });

  expect(await keys()).toEqual([keyOf(adopted), keyOf(fresh), foreign].sort());
  const left = await tenants.workerPool.query<{ id: string }>('SELECT id FROM upload');
  expect(left.rows.map(({ id }) => id).sort()).toEqual([adopted, fresh].sort());
});

it('leaves everything alone for a while after the database was restored', async () => {
  const owner = new pg.Client(tenants.database.ownerUrl);
  await owner.connect();
  const remark = (time: string) =>
    owner.query(`COMMENT ON DATABASE ${tenants.database.name} IS 'nothing is swept before ${time}'`);
  const orphan = `${randomUUID()}/${randomUUID()}.heatmap.png`;
  await oldBlob(orphan);

  await remark('2999-01-01T00:00:00Z');
  await sweep({ pool: tenants.workerPool, blobs, log: quiet });
  expect(await keys()).toContain(orphan);

  await remark('2001-01-01T00:00:00Z');
  await sweep({ pool: tenants.workerPool, blobs, log: quiet });
  expect(await keys()).not.toContain(orphan);
  await owner.end();
});

/** Lets the time of uploads run out, which only the owner of the database can bring about. */
async function expire(ids: string[]): Promise<void> {
  const owner = new pg.Client(tenants.database.ownerUrl);
  await owner.connect();
  await owner.query('UPDATE upload SET expires_at = $2 WHERE id = ANY ($1)', [ids, twoDaysAgo]);
  await owner.end();
}
