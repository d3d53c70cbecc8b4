import { type Database, testDatabase } from '@lucency/dev-stack';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { declaredTables, migrate } from './migrate.js';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(() => database.drop());

it('applies every migration once', async () => {
  expect(await migrate(database.ownerUrl)).not.toEqual([]);
  expect(await migrate(database.ownerUrl)).toEqual([]);
});

it('changes nothing in a database that a newer version has migrated, as a rollback meets it', async () => {
  await migrate(database.ownerUrl);
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  await owner.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES ('newer', '', '29990101000000_of_a_newer_version', now(), 1)`);
  expect(await migrate(database.ownerUrl)).toEqual([]);
  await owner.query("DELETE FROM _prisma_migrations WHERE id = 'newer'");
  await owner.end();
});

it('leaves the tables that prisma/schema.prisma describes', async () => {
  await migrate(database.ownerUrl);
  const declared = await testDatabase();
  const sql = await declaredTables(database.ownerUrl);
  expect(await tablesOf(declared, sql)).toEqual(await tablesOf(database));
  await declared.drop();
});

/** Columns, keys and indexes; not what Prisma's schema language has no words for. */
async function tablesOf({ ownerUrl }: Database, setup = 'SELECT 1'): Promise<unknown> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  await client.query(setup);
  const columns = await client.query(
    `SELECT table_name, column_name, udt_name, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`,
  );
  const keys = await client.query(
    `SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u')
     AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1, 2`,
  );
  const indexes = await client.query(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
     AND indexname NOT IN ('study_content', 'study_patient_reference', 'task_due', 'task_waiting',
       'task_answered', 'task_unread', 'upload_open', 'task_due_urgent', 'task_due_scores', 'task_handed_scores',
       'image_instance', 'study_unreviewed', 'task_of_image', 'delivery_due', 'delivery_failed',
       'delivery_by_state', 'audit_views',
       'study_waiting_stat', 'study_waiting_routine', 'study_urgent_stat', 'study_urgent_routine') ORDER BY indexname`,
  );
  await client.end();
  return { columns: columns.rows, keys: keys.rows, indexes: indexes.rows };
}

it('shows nothing to a role that sets no context, and binds the owner too', async () => {
  await migrate(database.ownerUrl);
  const app = new pg.Client(database.appUrl);
  await app.connect();
  const tables = await app.query(
    `SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`,
  );
  expect(tables.rows).toHaveLength(15);
  for (const table of tables.rows) {
    expect(table).toMatchObject({ relrowsecurity: true, relforcerowsecurity: true });
    expect((await app.query(`SELECT count(*)::int AS rows FROM ${table.relname}`)).rows).toEqual([
      { rows: 0 },
    ]);
  }
  await app.end();
});
