import { Pool, type PoolClient } from 'pg';

export interface PoolOptions {
  url: string;
  max: number;
  /** Callers that may wait for a connection at once; any number unless told. */
  maxWaiting?: number;
  /** Told of connections that break while idle; the pool replaces them by itself. */
  onIdleError: (error: Error) => void;
}

/** Every connection is in use and more wait than can be served soon: whoever asks should come back later. */
export class DatabaseBusy extends Error {
  override name = 'DatabaseBusy';

  constructor() {
    super('more callers wait for a database connection than can be served soon');
  }
}

/**
 * A pool whose callers wait at most five seconds for a connection. Statements end within ten by the limits of each
 * transaction (see tenant.ts); those outside of one by the defaults of the roles (prisma/roles.sql), and at last by a
 * wait of ours. None is asked for at connecting: PgBouncer hands connections on and refuses such parameters.
 */
export function createPool({ url, max, maxWaiting, onIdleError }: PoolOptions): Pool {
  const pool = new BoundedPool(
    {
      connectionString: url,
      max,
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
    },
    maxWaiting,
  );
  pool.on('error', onIdleError);
  return pool;
}

type Connected = (error: Error | undefined, client: PoolClient | undefined, done: () => void) => void;

/** Refuses at once when its queue is full, instead of letting everyone in it time out. */
class BoundedPool extends Pool {
  readonly #maxWaiting: number;

  constructor(config: ConstructorParameters<typeof Pool>[0], maxWaiting = Number.POSITIVE_INFINITY) {
    super(config);
    this.#maxWaiting = maxWaiting;
  }

  override connect(): Promise<PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<PoolClient> | undefined {
    const isFull = this.#isFull();
    if (!connected) return isFull ? Promise.reject(new DatabaseBusy()) : super.connect().catch(rethrow);
    if (isFull) process.nextTick(connected, new DatabaseBusy(), undefined, () => undefined);
    else super.connect((error, client, done) => connected(error && busyAtTimeout(error), client, done));
    return undefined;
  }

  #isFull(): boolean {
    const isUsedUp = this.idleCount === 0 && this.totalCount >= this.options.max;
    return isUsedUp && this.waitingCount >= this.#maxWaiting;
  }
}

function rethrow(error: Error): never {
  throw busyAtTimeout(error);
}

/** pg has no class for the end of the wait, only this text; a server that cannot be reached has another one. */
function busyAtTimeout(error: Error): Error {
  return error.message === 'timeout exceeded when trying to connect' ? new DatabaseBusy() : error;
}
