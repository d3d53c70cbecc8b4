import type { Log } from '@lucency/messaging';

export interface RoundsOptions {
  intervalMs: number;
  round: () => Promise<void>;
  /** What the log says of a round that failed; the next one comes all the same. */
  failed: string;
  log: Log;
}

/** Does something every so often, never twice at once. */
export class Rounds {
  readonly #timer: NodeJS.Timeout;
  #underWay: Promise<void> | null = null;

  constructor({ intervalMs, round, failed, log }: RoundsOptions) {
    this.#timer = setInterval(() => {
      this.#underWay ??= round()
        .catch((error: unknown) => log.error({ error }, failed))
        .finally(() => {
          this.#underWay = null;
        });
    }, intervalMs);
  }

  /** Begins no other round and ends once that under way has. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
  }
}
