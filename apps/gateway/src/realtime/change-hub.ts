import type { ChangeAnnouncement } from '@lucency/contracts';
import { listenForChanges } from '@lucency/messaging';
import type { NatsConnection } from '@nats-io/transport-node';
import { ChangeFeed } from './change-feed.js';
import { RevisionGaps } from './revision-gaps.js';

interface Subscriber {
  organizationId: string;
  siteIds: readonly string[];
  /** Null for every study. */
  studyId: string | null;
  feed: ChangeFeed;
}

/** Listens to NATS once for the whole process and hands changes to those who may know of them. */
export class ChangeHub {
  readonly #subscribers = new Set<Subscriber>();
  readonly #gaps: RevisionGaps;
  readonly #unsubscribe: () => void;

  constructor(connection: NatsConnection) {
    this.#gaps = new RevisionGaps((organizationId, revision) => this.#resync(organizationId, revision));
    this.#unsubscribe = listenForChanges(connection, (change) => this.#pass(change));
    void this.#watchConnection(connection);
  }

  /** Changes from now on of studies at these sites, or of one study. End it with `return()`. */
  subscribe(who: { organizationId: string; siteIds: readonly string[] }, studyId: string | null): ChangeFeed {
    const subscriber: Subscriber = {
      ...who,
      studyId,
      feed: new ChangeFeed(() => this.#subscribers.delete(subscriber)),
    };
    this.#subscribers.add(subscriber);
    return subscriber.feed;
  }

  get size(): number {
    return this.#subscribers.size;
  }

  close(): void {
    this.#unsubscribe();
    this.#gaps.close();
    for (const { feed } of this.#subscribers) void feed.return();
  }

  #pass({ organizationId, revision, studies, sites }: ChangeAnnouncement): void {
    this.#gaps.saw(organizationId, revision);
    for (const subscriber of this.#subscribers) {
      if (subscriber.organizationId !== organizationId) continue;
      const studyIds = studies
        .filter(
          ({ id, siteId }) => subscriber.siteIds.includes(siteId) && [null, id].includes(subscriber.studyId),
        )
        .map(({ id }) => id);
      if (studyIds.length === 0) continue;
      const visible = sites
        ?.filter(({ id }) => subscriber.siteIds.includes(id))
        .map((site): [string, number] => [site.id, site.revision]);
      subscriber.feed.push({
        revision,
        resync: false,
        studyIds,
        ...(visible && { sites: new Map(visible) }),
      });
    }
  }

  /** Announcements were lost: a subscriber of one study looks at it again, the others at everything. */
  #resync(organizationId: string | null, revision: number): void {
    for (const subscriber of this.#subscribers) {
      if (organizationId !== null && subscriber.organizationId !== organizationId) continue;
      const studyIds = subscriber.studyId ? [subscriber.studyId] : [];
      subscriber.feed.push({ revision, resync: true, studyIds });
    }
  }

  async #watchConnection(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') this.#resync(null, 0);
    }
  }
}
