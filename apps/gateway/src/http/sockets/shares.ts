import type { Viewer } from '../../identity/viewer.js';

export interface ShareLimits {
  person: number;
  organization: number;
}

/** How much of something each person and each organization has in this process, within limits. */
export class Shares {
  readonly #limits: ShareLimits;
  readonly #taken = new Map<string, number>();

  constructor(limits: ShareLimits) {
    this.#limits = limits;
  }

  /** @returns what gives it back, to be called once; null when the person or the organization has its share. */
  take({ personId, organizationId }: Pick<Viewer, 'personId' | 'organizationId'>): (() => void) | null {
    const isFull =
      this.#of(personId) >= this.#limits.person || this.#of(organizationId) >= this.#limits.organization;
    if (isFull) return null;
    const holders = [personId, organizationId];
    for (const holder of holders) this.#taken.set(holder, this.#of(holder) + 1);
    return () => {
      for (const holder of holders) {
        const left = this.#of(holder) - 1;
        if (left > 0) this.#taken.set(holder, left);
        else this.#taken.delete(holder);
      }
    };
  }

  #of(holder: string): number {
    return this.#taken.get(holder) ?? 0;
  }
}
