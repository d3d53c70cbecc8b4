interface Known {
  /** Every revision up to here was seen. */
  contiguous: number;
  /** Seen beyond a gap. */
  ahead: Set<number>;
  timer: NodeJS.Timeout | null;
}

/** Two gateways may announce out of order for a moment; only a gap that stays is a loss. */
const patienceMs = 300;

/** Notices that an announcement of an organization never came. */
export class RevisionGaps {
  readonly #known = new Map<string, Known>();
  readonly #onGap: (organizationId: string, revision: number) => void;

  constructor(onGap: (organizationId: string, revision: number) => void) {
    this.#onGap = onGap;
  }

  saw(organizationId: string, revision: number): void {
    const known = this.#known.get(organizationId);
    if (!known) {
      this.#known.set(organizationId, { contiguous: revision, ahead: new Set(), timer: null });
      return;
    }
    if (revision <= known.contiguous) return;
    known.ahead.add(revision);
    while (known.ahead.delete(known.contiguous + 1)) known.contiguous += 1;
    if (known.ahead.size === 0) {
      if (known.timer) clearTimeout(known.timer);
      known.timer = null;
      return;
    }
    known.timer ??= setTimeout(() => this.#giveUp(organizationId, known), patienceMs);
  }

  close(): void {
    for (const { timer } of this.#known.values()) if (timer) clearTimeout(timer);
  }

  #giveUp(organizationId: string, known: Known): void {
    known.timer = null;
    known.contiguous = Math.max(...known.ahead);
    known.ahead.clear();
    this.#onGap(organizationId, known.contiguous);
  }
}
