import type { LaneModel } from '@lucency/contracts';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { ensureTopology } from './topology.js';

export interface StreamsToMake {
  /** Copies of each stream. */
  replicas: number;
  /** Ids of the models beside the one in use: each has lanes of its own. None unless told. */
  furtherModels?: readonly string[];
}

export interface LinkOptions {
  /** A job whose worker stays silent this long is given to another; workers report three times within it. */
  ackWaitSeconds: number;
  /** For the coordinator, which makes streams and consumers; null for those who wait until they are there. */
  makesStreams: StreamsToMake | null;
}

/** What jobs and results cross: a connection and, at the coordinator, the keeper of the streams. */
export class JetStreamLink {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly #options: LinkOptions;
  #manager: Promise<JetStreamManager> | null = null;
  #restoring: Promise<void> | null = null;

  constructor(connection: NatsConnection, options: LinkOptions) {
    this.connection = connection;
    this.client = jetstream(connection);
    this.#options = options;
    if (options.makesStreams) void this.#restoreWheneverConnected();
  }

  /**
   * Makes missing streams and consumers again; callers who meet the same loss share one round. At a worker it does
   * nothing: it may not make them, and finds them once the coordinator has.
   */
  restore(): Promise<void> {
    const { ackWaitSeconds, makesStreams } = this.#options;
    if (!makesStreams) return Promise.resolve();
    this.#restoring ??= this.manager()
      .then((manager) => ensureTopology(manager, { ackWaitSeconds, furtherModels: [], ...makesStreams }))
      .finally(() => {
        this.#restoring = null;
      });
    return this.#restoring;
  }

  /** The lane of a job about this model: that of the model in use for whatever has no lanes of its own. */
  laneOf(modelId: string | undefined): LaneModel {
    const { furtherModels = [] } = this.#options.makesStreams ?? {};
    return modelId !== undefined && furtherModels.includes(modelId) ? modelId : null;
  }

  manager(): Promise<JetStreamManager> {
    this.#manager ??= jetstreamManager(this.connection, { checkAPI: false });
    return this.#manager;
  }

  /** How long a worker may stay silent about a message. */
  get ackWaitMs(): number {
    return this.#options.ackWaitSeconds * 1000;
  }

  /** NATS may come back with an empty store; workers and scalers wait for what is missing then. */
  async #restoreWheneverConnected(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      // A cluster that has no leader yet refuses; dispatcher and recorder then try again.
      if (type === 'reconnect') await this.restore().catch(() => undefined);
    }
  }
}
