import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ensureTopology, type Topology } from './topology.js';

/** A connection whose streams are kept in place, whatever NATS forgot meanwhile. */
export class JetStreamLink {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly #topology: Topology;
  #manager: Promise<JetStreamManager> | null = null;
  #restoring: Promise<void> | null = null;

  constructor(connection: NatsConnection, topology: Topology) {
    this.connection = connection;
    this.client = jetstream(connection);
    this.#topology = topology;
  }

  /** Makes missing streams and consumers again; callers who meet the same loss share one round. */
  restore(): Promise<void> {
    this.#restoring ??= this.manager()
      .then((manager) => ensureTopology(manager, this.#topology))
      .finally(() => {
        this.#restoring = null;
      });
    return this.#restoring;
  }

  manager(): Promise<JetStreamManager> {
    this.#manager ??= jetstreamManager(this.connection, { checkAPI: false });
    return this.#manager;
  }

  /** How long a worker may stay silent about a message. */
  get ackWaitMs(): number {
    return this.#topology.ackWaitSeconds * 1000;
  }
}
