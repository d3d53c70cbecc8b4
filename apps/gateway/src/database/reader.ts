import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.js';
import { type Tenant, tenantContext } from './tenant.js';

export type ReadClient = Prisma.TransactionClient;

const operationTimeoutMs = 15_000;
/** Longer than the pool's own limit, which says more about why. */
const connectionWaitMs = 6_000;

/** Reads through this pool, which ends with it. */
export function createPrisma(pool: Pool): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    errorFormat: 'minimal',
  });
}

/**
 * One read-only transaction for one GraphQL operation, opened when it is first needed, so that everything an
 * answer shows is of one moment and of one tenant.
 */
export class OperationReader {
  readonly #prisma: PrismaClient;
  readonly #tenant: Tenant;
  #opened: Promise<ReadClient> | null = null;
  #client: ReadClient | null = null;
  #finish: () => void = () => undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(prisma: PrismaClient, tenant: Tenant) {
    this.#prisma = prisma;
    this.#tenant = tenant;
  }

  open(): Promise<ReadClient> {
    this.#opened ??= this.#begin();
    return this.#opened;
  }

  /**
   * What Pothos loads relations with that it could not fetch together with their parent. It is kept for the whole
   * operation, so it must always lead to the transaction of the moment.
   */
  readonly fallback = fallbackTo(() => {
    if (!this.#client) throw new Error('the operation has not opened its reader');
    return this.#client;
  });

  /** Ends the transaction; what was read stays. The next `open` sees what was committed since. */
  async close(): Promise<void> {
    this.#finish();
    await this.#ended;
    this.#opened = null;
    this.#client = null;
  }

  #begin(): Promise<ReadClient> {
    return new Promise((resolve, reject) => {
      const finished = new Promise<void>((finish) => {
        this.#finish = finish;
      });
      this.#ended = this.#prisma
        .$transaction(
          async (client) => {
            await client.$queryRawUnsafe(tenantContext(this.#tenant, { transaction_read_only: 'on' }));
            this.#client = client;
            resolve(client);
            await finished;
          },
          {
            isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
            timeout: operationTimeoutMs,
            maxWait: connectionWaitMs,
          },
        )
        .catch(reject);
    });
  }
}

function fallbackTo(client: () => ReadClient) {
  return {
    $connect: async () => undefined,
    get organization() {
      return client().organization;
    },
    get site() {
      return client().site;
    },
    get person() {
      return client().person;
    },
    get study() {
      return client().study;
    },
    get image() {
      return client().image;
    },
    get reading() {
      return client().reading;
    },
    get auditEntry() {
      return client().auditEntry;
    },
    get heatmap() {
      return client().heatmap;
    },
  };
}
