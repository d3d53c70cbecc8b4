export interface LaneLimits {
  /** Tasks of one client that run at once. */
  maxRunning: number;
  /** Tasks that wait behind them. */
  maxWaiting: number;
}

/** Of requests over HTTP. */
const requestLimits: LaneLimits = { maxRunning: 8, maxWaiting: 64 };

interface Lane {
  running: number;
  waiting: (() => void)[];
}

/**
 * A lane for each client, so that one that asks for everything at once waits for itself and not the others for it. Lanes
 * are of this process alone, and gone once they are empty.
 */
export class ClientLanes {
  readonly #limits: LaneLimits;
  readonly #lanes = new Map<string, Lane>();

  constructor(limits = requestLimits) {
    this.#limits = limits;
  }

  /**
   * Resolves when it is the client's turn.
   * @returns what ends the turn, to be called once; null when too many wait already.
   */
  enter(client: string): Promise<() => void> | null {
    const lane = this.#lanes.get(client) ?? { running: 0, waiting: [] };
    this.#lanes.set(client, lane);
    const leave = () => this.#leave(client, lane);
    if (lane.running < this.#limits.maxRunning) {
      lane.running += 1;
      return Promise.resolve(leave);
    }
    if (lane.waiting.length >= this.#limits.maxWaiting) return null;
    return new Promise((resolve) => {
      lane.waiting.push(() => resolve(leave));
    });
  }

  #leave(client: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next) {
      next();
      return;
    }
    lane.running -= 1;
    if (lane.running === 0) this.#lanes.delete(client);
  }
}
