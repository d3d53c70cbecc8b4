import type { Instruments } from '@lucency/service-kit';
import type { Pool } from 'pg';
import { sharedQuestion } from '../database/shared-question.js';
import { DestinationKind } from '../generated/prisma/enums.js';

interface Outbox {
  kind: DestinationKind;
  waiting: number;
  seconds: number;
  failed: number;
}

/** What waits to be delivered and what was given up, asked at each scrape, on indexes of those alone. */
export function watchDeliveries(instruments: Instruments, pool: Pool): void {
  const outbox = sharedQuestion(() => currentOutbox(pool));
  const valuesOf = (field: 'waiting' | 'seconds' | 'failed') => async () =>
    (await outbox()).map(({ kind, [field]: value }) => ({ value, labels: { kind } }));
  instruments.watch('lucency_deliveries_waiting', valuesOf('waiting'));
  instruments.watch('lucency_delivery_age_seconds', valuesOf('seconds'));
  instruments.watch('lucency_deliveries_failed', valuesOf('failed'));
}

export async function currentOutbox(pool: Pool): Promise<Outbox[]> {
  const found = await pool.query<Outbox>(
    `SELECT d.kind, count(*) FILTER (WHERE v.state = 'PENDING')::int AS waiting,
       COALESCE(extract(epoch FROM now() - min(v.created_at) FILTER (WHERE v.state = 'PENDING'))::float8, 0) AS seconds,
       count(*) FILTER (WHERE v.state = 'FAILED')::int AS failed
     FROM delivery v JOIN destination d ON d.id = v.destination_id
     WHERE (v.state = 'PENDING' OR v.state = 'FAILED') AND v.content <> 'ECHO' AND d.enabled GROUP BY d.kind`,
  );
  return Object.values(DestinationKind).map(
    (kind) => found.rows.find((row) => row.kind === kind) ?? { kind, waiting: 0, seconds: 0, failed: 0 },
  );
}
