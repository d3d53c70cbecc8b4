import { type Database, testDatabase } from '@lucency/dev-stack';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from './migrate.js';
import { createPool } from './pool.js';
import { knownMigrations, lackingSchema } from './schema-version.js';

let database: Database;
let services: pg.Pool[];
const lacks = () => Promise.all(services.map(lackingSchema));

beforeAll(async () => {
  database = await testDatabase();
  services = [database.appUrl, database.workerUrl].map((url) =>
    createPool({ url, max: 1, onIdleError: () => undefined }),
  );
});
afterAll(async () => {
  await Promise.all(services.map((pool) => pool.end()));
  await database.drop();
});

async function asOwner(sql: string): Promise<void> {
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  await owner.query(sql);
  await owner.end();
}

it('names the migration that is missing, on a database without any and on one of the version before', async () => {
  const newest = (await knownMigrations()).at(-1) ?? '';
  for (const why of await lacks()) expect(why).toContain(newest);
  await migrate(database.ownerUrl);
  expect(await lacks()).toEqual([null, null]);
  await asOwner(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${newest}'`);
  for (const why of await lacks()) expect(why).toContain(newest);
  await asOwner(`UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '${newest}'`);
});

it('finds nothing missing on a database that a newer version has migrated already', async () => {
  await migrate(database.ownerUrl);
  await asOwner(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
    VALUES ('newer', '', '29990101000000_of_a_newer_version', now())`);
  expect(await lacks()).toEqual([null, null]);
});
