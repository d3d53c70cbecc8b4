import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkloadReader } from '../admission/workload.js';
import { aHeatmap, aReading, resultFor, submitAtNorth, type TaskRow } from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { takeDueTasks } from './due-tasks.js';
import { recordResults } from './record-results.js';

let tenants: TestTenants;
let owner: pg.Client;

beforeAll(async () => {
  tenants = await createTestTenants();
  owner = new pg.Client(tenants.database.ownerUrl);
  await owner.connect();
  await submitAtNorth(tenants);
  await copyOften();
  await submitAtNorth(tenants);
});
afterAll(async () => {
  await owner.end();
  await tenants.close();
});

/** Studies of long ago, as many that reading all would cost more than a few hundred looks by key. */
const settled = 3000;

it('dispatches and records a study by keys, however many others there are', async () => {
  const read = await rowsReadBy(tenants.database.workerUrl, async (pool) => {
    for (const answer of [aReading, aHeatmap]) {
      const [due] = await takeDueTasks(pool, 200, 60);
      const { rows } = await pool.query<TaskRow>('SELECT * FROM task WHERE id = $1', [due?.job.taskId]);
      const results = rows.map((task) => resultFor(task, answer));
      const { counted } = await recordResults(pool, tenants.sites.north.organizationId, results);
      expect(counted).toHaveLength(1);
    }
  });
  expect(read).toBeLessThan(settled / 10);
});

it('takes a study in and looks at what waits by keys, too', async () => {
  const read = await rowsReadBy(tenants.database.appUrl, async (pool) => {
    await submitAtNorth(tenants, pool);
    expect((await new WorkloadReader(pool).read()).sites).toMatchObject([{ waiting: 1 }]);
  });
  expect(read).toBeLessThan(settled / 10);
});

/** What such a client reads of the tables that grow, through whole tables or by their indexes. */
async function rowsReadBy(url: string, work: (pool: pg.Pool) => Promise<void>): Promise<number> {
  const before = await reads();
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await work(pool);
  // A connection tells what it read at its end at the latest.
  await pool.end();
  let after = await reads();
  while (after.looks === before.looks) {
    await sleep(20);
    after = await reads();
  }
  return after.rows - before.rows;
}

/** The one study there is, again and again, long read, its heatmap not scored yet. */
async function copyOften(): Promise<void> {
  const id = (of: string) => `'${of}_id', md5('${of}' || n)::uuid`;
  const task = (kind: string, state: string) =>
    `'id', md5('${kind}' || n)::uuid, 'kind', '${kind}', 'state', '${state}', 'due_at', now() + interval '1 day',
     'settled_at', CASE '${state}' WHEN 'DONE' THEN now() - interval '1 hour' END, ${id('study')}, ${id('image')}`;
  const copies: [table: string, changes: string][] = [
    ['upload', `'id', md5('upload' || n)::uuid, 'blob_key', 'key' || n`],
    ['study', `'id', md5('study' || n)::uuid, 'idempotency_key', 'key' || n, 'content_hash', 'hash' || n`],
    ['image', `'id', md5('image' || n)::uuid, 'blob_key', 'key' || n, ${id('study')}, ${id('upload')}`],
    ['task', task('classify', 'DONE')],
    ['task', task('score', 'PENDING')],
  ];
  for (const [table, changes] of copies) {
    await owner.query(
      `INSERT INTO ${table} SELECT (jsonb_populate_record(one, jsonb_build_object(${changes}))).*
       FROM ${table} AS one, generate_series(1, ${settled}) AS n
       WHERE one.ctid = (SELECT min(ctid) FROM ${table})`,
    );
  }
  // The study that was copied is not due either.
  await owner.query(
    "UPDATE task SET state = 'DONE', settled_at = now() WHERE state = 'PENDING' AND kind = 'classify'",
  );
  await owner.query('VACUUM ANALYZE upload, study, image, task');
}

/** Rows that were read, and looks into indexes, since the database was made. */
async function reads(): Promise<{ rows: number; looks: number }> {
  await owner.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await owner.query<{ rows: number; looks: number }>(
    `SELECT sum(seq_tup_read + idx_tup_fetch)::int AS rows, sum(idx_scan)::int AS looks FROM pg_stat_user_tables
     WHERE relname IN ('task', 'image', 'study', 'upload')`,
  );
  return rows[0] ?? { rows: 0, looks: 0 };
}
