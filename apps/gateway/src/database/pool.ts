import { Pool } from 'pg';

export interface PoolOptions {
  url: string;
  max: number;
  /** Told of connections that break while idle; the pool replaces them by itself. */
  onIdleError: (error: Error) => void;
}

/** A pool whose callers wait at most five seconds for a connection and whose statements end within ten. */
export function createPool({ url, max, onIdleError }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 20_000,
  });
  pool.on('error', onIdleError);
  return pool;
}
