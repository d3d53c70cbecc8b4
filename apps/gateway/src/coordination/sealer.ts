import type { Log } from '@lucency/messaging';
import type { Pool } from 'pg';
import { sealEntries } from '../audit/seal-entries.js';
import { Rounds } from './rounds.js';

/** How long an entry may lie unchained; a round without new entries costs a query or two an organization. */
const intervalMs = 5_000;

/** Chains the entries of the audit trail every few seconds, and logs where the chains end: a place that no database holds. */
export function startSealing({ pool, log }: { pool: Pool; log: Log }): Rounds {
  return new Rounds({
    intervalMs,
    round: () => seal(pool, log),
    failed: 'sealing the audit trail failed',
    log,
  });
}

async function seal(pool: Pool, log: Log): Promise<void> {
  for (const { organizationId, number, hash } of await sealEntries(pool))
    log.info({ organizationId, count: number, detail: hash }, 'sealed the audit trail up to here');
}
