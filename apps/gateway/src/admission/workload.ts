import type { Pool } from 'pg';
import { z } from 'zod';

/** Seconds that studies may wait before new ones of their priority are refused. */
export interface AgeLimits {
  ROUTINE: number;
  STAT: number;
}

const siteLoad = z.object({
  siteId: z.guid(),
  priority: z.enum(['STAT', 'ROUTINE']),
  /** Studies without an answer, retried ones too. */
  waiting: z.number(),
  /** Of those, how many wait longer than the limit of their priority. */
  late: z.number(),
  oldestSeconds: z.number(),
});
export type SiteLoad = z.infer<typeof siteLoad>;

const workload = z.object({ sites: z.array(siteLoad), answeredSecondsAgo: z.number().nullable() });
/** What waits to be read, at every site of every organization. */
export type Workload = z.infer<typeof workload>;

const freshMs = 1_000;

/** Asks Postgres at most once a second, however many ask here. */
export class WorkloadReader {
  readonly #pool: Pool;
  readonly #limits: AgeLimits;
  #asked: Promise<Workload> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(pool: Pool, limits: AgeLimits) {
    this.#pool = pool;
    this.#limits = limits;
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
    const { ROUTINE, STAT } = this.#limits;
    const found = await this.#pool.query('SELECT waiting_studies($1, $2) AS workload', [ROUTINE, STAT]);
    return workload.parse(found.rows[0]?.workload);
  }
}
