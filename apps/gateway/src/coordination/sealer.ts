import type { Log } from '@lucency/messaging';
import type { Pool } from 'pg';
import { sealEntries } from '../audit/seal-entries.js';

/** How long an entry may lie unchained; a round without new entries costs a query or two an organization. */
const intervalMs = 5_000;

/** Chains the entries of the audit trail every few seconds, and logs where the chains end: a place that no database holds. */
export class Sealer {
  readonly #timer: NodeJS.Timeout;
  #sealing: Promise<void> | null = null;

  constructor({ pool, log }: { pool: Pool; log: Log }) {
    this.#timer = setInterval(() => {
      this.#sealing ??= seal(pool, log)
        .catch((error: unknown) => log.error({ error }, 'sealing the audit trail failed'))
        .finally(() => {
          this.#sealing = null;
        });
    }, intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sealing;
  }
}

async function seal(pool: Pool, log: Log): Promise<void> {
  for (const { organizationId, number, hash } of await sealEntries(pool))
    log.info({ organizationId, count: number, detail: hash }, 'sealed the audit trail up to here');
}
