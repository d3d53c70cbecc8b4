import type { BlobStore } from '@lucency/blobs';
import { ownerOfBlob } from '@lucency/contracts';
import type { Log } from '@lucency/messaging';
import type { Pool } from 'pg';
import { inTransaction } from '../database/tenant.js';
import { Rounds } from './rounds.js';

export interface SweeperOptions {
  pool: Pool;
  blobs: BlobStore;
  intervalMs: number;
  log: Log;
}

/** Far beyond the life of an upload address, so nothing that may still be adopted is touched. */
const orphanAgeMs = 24 * 3600_000;
const lockId = 7_203_405;
const page = 500;

/** Removes uploads and blobs that no study adopted; rests after a restore. */
export function startSweeping(options: SweeperOptions): Rounds {
  const { intervalMs, log } = options;
  return new Rounds({ intervalMs, round: () => sweep(options), failed: 'sweeping failed', log });
}

/** One round; of several gateways one sweeps and the others pass. */
export async function sweep(options: Omit<SweeperOptions, 'intervalMs'>): Promise<void> {
  // The lock is a transaction's, not a session's: behind PgBouncer the next statement may run in another session.
  await inTransaction(
    options.pool,
    async (client) => {
      const lock = await client.query('SELECT pg_try_advisory_xact_lock($1) AS held', [lockId]);
      if (lock.rows[0]?.held) await sweepAlone(options);
    },
    ['BEGIN', 'SET LOCAL idle_in_transaction_session_timeout = 0'],
  );
}

async function sweepAlone({ pool, blobs, log }: Omit<SweeperOptions, 'intervalMs'>): Promise<void> {
  const until = await restsUntil(pool);
  if (until > new Date()) {
    log.info({ dueInMs: until.getTime() - Date.now() }, 'nothing is swept: the database was restored');
    return;
  }
  const deleted = await pool.query(
    `DELETE FROM upload WHERE adopted_at IS NULL AND expires_at < now() - make_interval(secs => $1)`,
    [orphanAgeMs / 1000],
  );
  let removed = 0;
  for await (const candidates of oldBlobs(blobs)) {
    const adopted = await adoptedIds(
      pool,
      candidates.map(({ id }) => id),
    );
    for (const { key, id } of candidates) {
      if (adopted.has(id)) continue;
      await blobs.delete(key);
      removed += 1;
    }
  }
  log.info({ rows: deleted.rowCount, count: removed }, 'swept what no study adopted');
}

/**
 * Restoring leaves a remark on the database, as the chart's restore.sh writes it: what came after the backup has no rows
 * any more, but somebody may want its images yet. A remark is in no dump, and at once seen by whoever is connected.
 */
async function restsUntil(pool: Pool): Promise<Date> {
  const found = await pool.query<{ remark: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS remark FROM pg_database WHERE datname = current_database()`,
  );
  const time = /nothing is swept before (\S+)/.exec(found.rows[0]?.remark ?? '')?.[1];
  return new Date(time ?? 0);
}

/** Blobs beyond the age of orphans, with the id of the upload or task they belong to, in pages. */
async function* oldBlobs(blobs: BlobStore): AsyncGenerator<{ key: string; id: string }[]> {
  let found: { key: string; id: string }[] = [];
  for await (const { key, modifiedAt } of blobs.list('')) {
    const id = ownerOfBlob(key);
    if (!id || Date.now() - modifiedAt.getTime() < orphanAgeMs) continue;
    found.push({ key, id });
    if (found.length < page) continue;
    yield found;
    found = [];
  }
  if (found.length > 0) yield found;
}

/** Which of these uploads still have their row, and which of these tasks their heatmap. */
async function adoptedIds(pool: Pool, ids: string[]): Promise<Set<string>> {
  const found = await pool.query<{ id: string }>(
    `SELECT id FROM upload WHERE id = ANY ($1::uuid[])
     UNION SELECT t.id FROM task t JOIN heatmap h ON (h.organization_id, h.site_id, h.image_id)
       = (t.organization_id, t.site_id, t.image_id)
       AND h.model_id = COALESCE(t.model_id, h.model_id) AND h.method = COALESCE(t.method, h.method)
     WHERE t.id = ANY ($1::uuid[]) AND t.kind = 'explain'`,
    [ids],
  );
  return new Set(found.rows.map(({ id }) => id));
}
