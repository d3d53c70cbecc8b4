import { laterOf, type SiteRevisions } from './site-revisions.js';

/** What a subscriber has not seen yet; changes that pile up become one. */
export interface PendingChange {
  /** 0 when it is not known which one was reached. */
  revision: number;
  /** True when changes may have been missed. */
  resync: boolean;
  studyIds: string[];
  /** The latest revisions of sites, as far as the announcements told them. */
  sites?: SiteRevisions;
}

/**
 * Changes on their way to one subscriber. A slow one costs a set of ids, not a queue: what it has not read is
 * merged, and beyond a bound it is told to read everything anew.
 */
export class ChangeFeed implements AsyncIterableIterator<PendingChange> {
  readonly #maxStudies: number;
  readonly #onClose: () => void;
  #pending: { revision: number; resync: boolean; studyIds: Set<string>; sites?: SiteRevisions } | null = null;
  #waiting: ((result: IteratorResult<PendingChange>) => void) | null = null;
  #closed = false;

  constructor(onClose: () => void, maxStudies = 100) {
    this.#onClose = onClose;
    this.#maxStudies = maxStudies;
  }

  push({ revision, resync, studyIds, sites }: PendingChange): void {
    if (this.#closed) return;
    const pending = this.#pending ?? { revision, resync, studyIds: new Set<string>() };
    pending.revision = Math.max(pending.revision, revision);
    pending.resync ||= resync;
    for (const id of studyIds) pending.studyIds.add(id);
    if (sites) pending.sites = laterOf(pending.sites, sites);
    if (pending.studyIds.size > this.#maxStudies) {
      pending.resync = true;
      pending.studyIds.clear();
    }
    this.#pending = pending;
    this.#deliver();
  }

  next(): Promise<IteratorResult<PendingChange>> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#deliver();
    });
  }

  return(): Promise<IteratorResult<PendingChange>> {
    if (!this.#closed) {
      this.#closed = true;
      this.#onClose();
      this.#deliver();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #deliver(): void {
    if (!this.#waiting) return;
    if (this.#closed) {
      this.#waiting({ done: true, value: undefined });
    } else if (this.#pending) {
      const { studyIds, ...rest } = this.#pending;
      this.#pending = null;
      this.#waiting({ done: false, value: { ...rest, studyIds: [...studyIds] } });
    } else return;
    this.#waiting = null;
  }
}
