import type { BlobStore } from '@lucency/blobs';
import type { Log } from '@lucency/messaging/nats';
import type { Pool } from 'pg';

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

/** Removes uploads and blobs that no study adopted. Switch it off after restoring an older database. */
export class Sweeper {
  readonly #options: SweeperOptions;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | null = null;

  constructor(options: SweeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#start(), options.intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  #start(): void {
    this.#sweeping ??= sweep(this.#options)
      .catch((error: unknown) => this.#options.log.error({ error }, 'sweeping failed'))
      .finally(() => {
        this.#sweeping = null;
      });
  }
}

/** One round; of several gateways one sweeps and the others pass. */
export async function sweep({ pool, blobs, log }: Omit<SweeperOptions, 'intervalMs'>): Promise<void> {
  const client = await pool.connect();
  try {
    const lock = await client.query('SELECT pg_try_advisory_lock($1) AS held', [lockId]);
    if (!lock.rows[0]?.held) return;
    try {
      const deleted = await client.query(
        `DELETE FROM upload WHERE expires_at < now() - make_interval(secs => $1)
         AND NOT EXISTS (SELECT FROM image WHERE image.upload_id = upload.id)`,
        [orphanAgeMs / 1000],
      );
      let removed = 0;
      let candidates: string[] = [];
      const flush = async () => {
        const kept = await client.query<{ key: string }>(
          `SELECT blob_key AS key FROM image WHERE blob_key = ANY ($1)
           UNION SELECT blob_key FROM heatmap WHERE blob_key = ANY ($1)
           UNION SELECT organization_id || '/' || id FROM upload WHERE organization_id || '/' || id = ANY ($1)`,
          [candidates],
        );
        const adopted = new Set(kept.rows.map(({ key }) => key));
        for (const key of candidates.filter((candidate) => !adopted.has(candidate))) {
          await blobs.delete(key);
          removed += 1;
        }
        candidates = [];
      };
      for await (const { key, modifiedAt } of blobs.list('')) {
        if (Date.now() - modifiedAt.getTime() < orphanAgeMs) continue;
        candidates.push(key);
        if (candidates.length === page) await flush();
      }
      await flush();
      log.info({ rows: deleted.rowCount, count: removed }, 'swept what no study adopted');
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [lockId]);
    }
  } finally {
    client.release();
  }
}
