import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { submitStudy } from '../submission/submit-study.js';
import {
  aHeatmap,
  aReading,
  resultFor,
  storedUpload,
  submission,
  type TaskRow,
} from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { takeDueTasks } from './due-tasks.js';
import { recordResults } from './record-results.js';

let tenants: TestTenants;
let owner: pg.Client;

beforeAll(async () => {
  tenants = await createTestTenants();
  owner = new pg.Client(tenants.database.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await tenants.close();
});

/** Studies of long ago, as many that reading all would cost more than a few hundred looks by key. */
const settled = 5000;

it('dispatches and records a study by keys, however many others there are', async () => {
  await submit();
  await copyOften();
  await submit();
  const before = await reads();

  const pool = new pg.Pool({ connectionString: tenants.database.workerUrl, max: 1 });
  for (const answer of [aReading, aHeatmap]) {
    const [due] = await takeDueTasks(pool, 200, 60);
    const { rows } = await pool.query<TaskRow>('SELECT * FROM task WHERE id = $1', [due?.job.taskId]);
    const results = rows.map((task) => resultFor(task, answer));
    expect((await recordResults(pool, tenants.sites.north.organizationId, results)).counted).toHaveLength(1);
  }
  // A connection tells what it read at its end at the latest.
  await pool.end();
  let after = await reads();
  while (after.byKey === before.byKey) {
    await sleep(20);
    after = await reads();
  }
  expect(after.whole - before.whole).toBeLessThan(settled);
});

async function submit(): Promise<void> {
  const viewer = await tenants.viewer('north');
  const deps = { pool: tenants.appPool, ageWithinRange: () => true, admit: async () => null };
  const upload = await storedUpload(tenants.appPool, viewer, tenants.sites.north);
  await submitStudy(deps, viewer, submission(tenants.sites.north, upload));
}

/** The one study there is, again and again, with its task done. */
async function copyOften(): Promise<void> {
  const id = (of: string) => `'${of}_id', md5('${of}' || n)::uuid`;
  const copies: [table: string, changes: string][] = [
    ['upload', `'id', md5('upload' || n)::uuid, 'blob_key', 'key' || n`],
    ['study', `'id', md5('study' || n)::uuid, 'idempotency_key', 'key' || n, 'content_hash', 'hash' || n`],
    ['image', `'id', md5('image' || n)::uuid, 'blob_key', 'key' || n, ${id('study')}, ${id('upload')}`],
    ['task', `'id', md5('task' || n)::uuid, 'state', 'DONE', ${id('study')}, ${id('image')}`],
  ];
  for (const [table, changes] of copies) {
    await owner.query(
      `INSERT INTO ${table} SELECT (jsonb_populate_record(${table}, jsonb_build_object(${changes}))).*
       FROM ${table}, generate_series(1, ${settled}) AS n`,
    );
    await owner.query(`ANALYZE ${table}`);
  }
  // The study that was copied is not due either.
  await owner.query("UPDATE task SET state = 'DONE'");
}

/** Rows that were read by going through whole tables, and looks by key, since the database was made. */
async function reads(): Promise<{ whole: number; byKey: number }> {
  await owner.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await owner.query<{ whole: number; byKey: number }>(
    `SELECT sum(seq_tup_read)::int AS whole, sum(idx_scan)::int AS "byKey" FROM pg_stat_user_tables
     WHERE relname IN ('task', 'image', 'study')`,
  );
  return rows[0] ?? { whole: 0, byKey: 0 };
}
