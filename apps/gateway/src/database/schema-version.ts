import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseError, type Pool } from 'pg';

export const migrationsFolder = path.join(import.meta.dirname, '../../prisma/migrations');

/** Names of the migrations that this build carries, oldest first. */
export async function knownMigrations(): Promise<string[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What Postgres answers where no migration ran: no such table, or one that nobody may read yet. */
const unmigrated = new Set(['42P01', '42501']);

/**
 * Whether the database is as this build expects it. One that is newer is fine: migrations first expand, and contract
 * only once no build is left that knew what they take away, so old and new pods work side by side.
 * @returns null, or what it lacks. @throws when the database cannot be asked.
 */
export async function lackingSchema(pool: Pool): Promise<string | null> {
  const newest = (await knownMigrations()).at(-1);
  try {
    const found = await pool.query(
      `SELECT FROM _prisma_migrations
       WHERE migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL`,
      [newest],
    );
    return found.rowCount ? null : `the database lacks the migration ${newest}`;
  } catch (error) {
    if (!(error instanceof DatabaseError && unmigrated.has(error.code ?? ''))) throw error;
    return `the database was not migrated; the newest migration known here is ${newest}`;
  }
}
