import type { Instruments, LabelsOf } from '@lucency/service-kit';
import type { Pool } from 'pg';

type PoolName = LabelsOf<'lucency_postgres_connections'>['pool'];

/** Use and saturation of a pool. */
export function watchPool(instruments: Instruments, name: PoolName, pool: Pool): void {
  instruments.watch('lucency_postgres_connections', () => [
    { value: pool.totalCount - pool.idleCount, labels: { pool: name, state: 'in_use' } },
    { value: pool.idleCount, labels: { pool: name, state: 'idle' } },
    { value: pool.waitingCount, labels: { pool: name, state: 'waiting' } },
  ]);
  instruments.watch('lucency_postgres_connections_limit', () => [
    { value: pool.options.max, labels: { pool: name } },
  ]);
}
