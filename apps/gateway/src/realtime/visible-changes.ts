import { whenFree } from '../database/when-free.js';
import type { ChangeFeed } from './change-feed.js';
import { laterOf, revisionOf, type SiteRevisions } from './site-revisions.js';

/** A change as its subscriber sees it. */
export interface VisibleChange {
  revision: string;
  resync: boolean;
  studyIds: string[];
}

/**
 * Changes of the sites that one person sees. Announcements may be lost for a whole organization, and whoever sees none of
 * the sites that changed is not told. No generator: one that waits for its next change cannot be ended from outside.
 */
export class VisibleChanges implements AsyncIterableIterator<VisibleChange> {
  readonly #feed: ChangeFeed;
  readonly #current: () => Promise<SiteRevisions>;
  /** What the client was told of; null when it is known to be behind. */
  #shown: SiteRevisions | null;

  constructor(feed: ChangeFeed, shown: SiteRevisions | null, current: () => Promise<SiteRevisions>) {
    this.#feed = feed;
    this.#shown = shown;
    this.#current = current;
  }

  async next(): Promise<IteratorResult<VisibleChange>> {
    for (;;) {
      const event = await this.#feed.next();
      if (event.done) return { done: true, value: undefined };
      const { resync, studyIds, sites } = event.value;
      const known: SiteRevisions = this.#shown ?? new Map();
      const reached = resync ? await whenFree(this.#current) : sites ? laterOf(known, sites) : known;
      const revision = revisionOf(reached);
      if (resync && this.#shown && revision === revisionOf(this.#shown)) continue;
      this.#shown = reached;
      return { done: false, value: { revision, resync, studyIds } };
    }
  }

  async return(): Promise<IteratorResult<VisibleChange>> {
    await this.#feed.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
