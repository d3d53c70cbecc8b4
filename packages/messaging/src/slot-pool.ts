/** Counts how many jobs a lane may hold at once. */
export class SlotPool {
  readonly #size: number;
  #taken = 0;
  #opened = false;
  #wake: (() => void)[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Resolves to the number of free slots as soon as there is one. */
  async free(): Promise<number> {
    while (this.#taken >= this.#size && !this.#opened) {
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    return Math.max(1, this.#size - this.#taken);
  }

  /** @returns what gives the slot back. */
  take(): () => void {
    this.#taken += 1;
    return () => {
      this.#taken -= 1;
      this.#wakeAll();
    };
  }

  /** Resolves every wait, at shutdown. */
  open(): void {
    this.#opened = true;
    this.#wakeAll();
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
