import type { ChangeAnnouncement } from '@lucency/messaging';
import type { ModelCard } from '@lucency/model/card';
import type { Pool } from 'pg';
import type { SignedAddresses } from '../addresses/signed-addresses.js';
import { OperationReader } from '../database/reader.js';
import type { PrismaClient } from '../generated/prisma/client.js';
import { NotSignedIn } from '../identity/authenticator.js';
import type { Viewer } from '../identity/viewer.js';
import type { ChangeHub } from '../realtime/change-hub.js';
import type { RetryDeps } from '../submission/retry-study.js';

/** What resolvers work with; one for the whole process. */
export interface SchemaDeps {
  pool: Pool;
  prisma: PrismaClient;
  addresses: SignedAddresses;
  card: ModelCard;
  hub: ChangeHub;
  purge: RetryDeps['purge'];
  /** Tells everyone of a change made here, and the dispatcher of new tasks. */
  announce: (change: ChangeAnnouncement) => void;
}

/** One GraphQL operation: who asks, and one consistent view of what they may see. */
export class OperationContext {
  readonly deps: SchemaDeps;
  readonly #viewer: Viewer | null;
  readonly #reader: OperationReader | null;

  constructor(deps: SchemaDeps, viewer: Viewer | null) {
    this.deps = deps;
    this.#viewer = viewer;
    this.#reader = viewer && new OperationReader(deps.prisma, viewer);
  }

  get signedIn(): boolean {
    return this.#viewer !== null;
  }

  /** @throws NotSignedIn */
  get viewer(): Viewer {
    if (!this.#viewer) throw new NotSignedIn('MISSING_TOKEN');
    return this.#viewer;
  }

  /** @throws NotSignedIn */
  get reader(): OperationReader {
    if (!this.#reader) throw new NotSignedIn('MISSING_TOKEN');
    return this.#reader;
  }

  async close(): Promise<void> {
    await this.#reader?.close();
  }
}
