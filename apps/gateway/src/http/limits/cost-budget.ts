/** Points that a client may spend at once, and how fast they come back. */
export interface Budget {
  burst: number;
  perSecond: number;
}

interface Account {
  points: number;
  at: number;
}

/** A token bucket for each client, in this process; an idle one is full again and forgotten. */
export class CostBudget {
  readonly #budget: Budget;
  readonly #accounts = new Map<string, Account>();

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** @returns 0 when the cost was paid, else the seconds until it can be. */
  spend(client: string, cost: number, now = Date.now()): number {
    const { burst, perSecond } = this.#budget;
    const account = this.#accounts.get(client) ?? { points: burst, at: now };
    account.points = Math.min(burst, account.points + ((now - account.at) / 1000) * perSecond);
    account.at = now;
    this.#accounts.set(client, account);
    if (this.#accounts.size > 10_000) this.#forgetIdle(now);
    if (account.points < cost) return Math.max(1, Math.ceil((cost - account.points) / perSecond));
    account.points -= cost;
    return 0;
  }

  #forgetIdle(now: number): void {
    const refillMs = (this.#budget.burst / this.#budget.perSecond) * 1000;
    for (const [client, { at }] of this.#accounts) if (now - at > refillMs) this.#accounts.delete(client);
  }
}
