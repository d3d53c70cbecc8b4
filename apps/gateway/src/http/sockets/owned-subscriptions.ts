/** Subscriptions that one connection has open, each known by the id that the client chose and ended with the connection. */
export class OwnedSubscriptions {
  readonly #open = new Map<string, AbortController>();
  #isClosed = false;

  /** An id is in use until its subscription has ended, which may be later than the client asked for. */
  has(id: string): boolean {
    return this.#open.has(id);
  }

  /** @returns what ends when the subscription must; at once when the connection is closed already. */
  begin(id: string): AbortSignal {
    const controller = new AbortController();
    if (this.#isClosed) controller.abort();
    else this.#open.set(id, controller);
    return controller.signal;
  }

  /** Ends those that the client has completed, which are not among the live ones any more. */
  endExcept(live: (id: string) => boolean): void {
    for (const [id, controller] of this.#open) if (!live(id)) controller.abort();
  }

  /** The subscription has ended. */
  ended(id: string): void {
    this.#open.delete(id);
  }

  close(): void {
    this.#isClosed = true;
    for (const controller of [...this.#open.values()]) controller.abort();
    this.#open.clear();
  }
}
