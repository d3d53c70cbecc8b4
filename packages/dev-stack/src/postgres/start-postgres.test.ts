import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/shared-servers.js';
import { startPostgres } from './start-postgres.js';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a database for tests', () => {
  it('gives three roles of which none is a superuser or passes row-level security', async () => {
    const database = await testDatabase();
    for (const url of [database.ownerUrl, database.appUrl, database.workerUrl]) {
      const [role] = await ask(
        url,
        'SELECT rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname = current_user',
      );
      expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false });
    }
    await database.drop();
  });

  it('lets only the owner make tables', async () => {
    const database = await testDatabase();
    await ask(database.ownerUrl, 'CREATE TABLE study (id int)');
    await expect(ask(database.appUrl, 'CREATE TABLE other (id int)')).rejects.toThrow(/permission denied/);
    await expect(ask(database.workerUrl, 'SELECT * FROM study')).rejects.toThrow(/permission denied/);
    await database.drop();
  });

  it('keeps one database out of reach of the other', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
    await ask(one.ownerUrl, 'CREATE TABLE only_here (id int)');
    await expect(ask(two.ownerUrl, 'SELECT * FROM only_here')).rejects.toThrow(/does not exist/);
    await Promise.all([one.drop(), two.drop()]);
  });

  it('stores and folds every script alike on every machine', async () => {
    const database = await testDatabase();
    const [row] = await ask(
      database.ownerUrl,
      `SELECT current_setting('server_encoding') AS encoding, upper('é ж') AS upper`,
    );
    expect(row).toEqual({ encoding: 'UTF8', upper: 'É Ж' });
    await database.drop();
  });
});

describe('a server with a folder', () => {
  it('has its data again after it was killed', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lucency-kept-'));
    try {
      const first = await startPostgres({ dir });
      const database = await first.createDatabase('lucency');
      await ask(database.ownerUrl, 'CREATE TABLE kept AS SELECT 7 AS value');
      await first.program.kill();

      const second = await startPostgres({ dir });
      const again = await second.createDatabase('lucency');
      expect(await ask(again.ownerUrl, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
      await second.stop();
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
