/** Requests of one client that are worked on at once. */
const atOnce = 8;
/** Requests that wait behind them. */
const mostWaiting = 64;

interface Lane {
  running: number;
  waiting: (() => void)[];
}

/**
 * A lane for each client, so that one that asks for everything at once waits for itself and not the others for it. Lanes
 * are of this process alone, and gone once they are empty.
 */
export class ClientLanes {
  readonly #lanes = new Map<string, Lane>();

  /**
   * Resolves when it is the client's turn.
   * @returns what ends the turn, to be called once; null when too many wait already.
   */
  enter(client: string): Promise<() => void> | null {
    const lane = this.#lanes.get(client) ?? { running: 0, waiting: [] };
    this.#lanes.set(client, lane);
    const leave = () => this.#leave(client, lane);
    if (lane.running < atOnce) {
      lane.running += 1;
      return Promise.resolve(leave);
    }
    if (lane.waiting.length >= mostWaiting) return null;
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
