import type { Pool } from 'pg';
import { z } from 'zod';

const siteLoad = z.object({
  siteId: z.guid(),
  priority: z.enum(['STAT', 'ROUTINE']),
  /** Studies without an answer, retried ones too. */
  waiting: z.number(),
  /** Of those, how many have waited for `recentSeconds` and more. */
  standing: z.number(),
  oldestSeconds: z.number(),
});
export type SiteLoad = z.infer<typeof siteLoad>;

const workload = z.object({
  sites: z.array(siteLoad),
  /** Studies of either priority that were answered in the last `recentSeconds`. */
  answered: z.number(),
  /** And in the last `longerSeconds`. */
  answeredLonger: z.number(),
  answeredSecondsAgo: z.number().nullable(),
});
/** What waits to be read, at every site of every organization, and what was answered. */
export type Workload = z.infer<typeof workload>;

/**
 * Studies that have waited so long say that there is a queue, and what was answered meanwhile how fast it goes. Long
 * enough for several batches of the slowest pod, short enough to see a flood coming.
 */
export const recentSeconds = 1.5;
/** Long enough that a pause of a moment hardly shows. The database has this factor too. */
export const longerSeconds = 4 * recentSeconds;
const freshMs = 500;

/** Asks Postgres at most twice a second, however many ask here. */
export class WorkloadReader {
  readonly #pool: Pool;
  #asked: Promise<Workload> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @throws when the database cannot be asked. */
  read(): Promise<Workload> {
    if (!this.#asked || performance.now() - this.#askedAt > freshMs) {
      this.#askedAt = performance.now();
      this.#asked = this.#ask().catch((error: unknown) => {
        this.#asked = null;
        throw error;
      });
    }
    return this.#asked;
  }

  async #ask(): Promise<Workload> {
    const found = await this.#pool.query('SELECT study_queue($1) AS workload', [recentSeconds]);
    return workload.parse(found.rows[0]?.workload);
  }
}
