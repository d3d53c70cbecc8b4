import type { BlobStore } from '@lucency/blobs';
import type { ChangeAnnouncement } from '@lucency/contracts';
import type { EvaluationReport, ModelCard } from '@lucency/model/card';
import type { Instruments } from '@lucency/service-kit';
import type { Pool } from 'pg';
import type { SignedAddresses } from '../addresses/signed-addresses.js';
import type { Admit } from '../admission/admit.js';
import type { HoldBack } from '../admission/hold-back.js';
import type { WorkloadReader } from '../admission/workload.js';
import { OperationReader } from '../database/reader.js';
import type { PrismaClient } from '../generated/prisma/client.js';
import { NotSignedIn } from '../identity/sign-in-problem.js';
import type { Viewer } from '../identity/viewer.js';
import type { ChangeHub } from '../realtime/change-hub.js';

/** What resolvers work with; one for the whole process. */
export interface SchemaDeps {
  pool: Pool;
  prisma: PrismaClient;
  addresses: SignedAddresses;
  blobs: BlobStore;
  card: ModelCard;
  /** Of the same model; undefined where it has none. */
  report: EvaluationReport | undefined;
  hub: ChangeHub;
  workload: WorkloadReader;
  admit: Admit;
  holdBack: HoldBack;
  instruments: Instruments;
  /** Tells everyone of a change made here, and the dispatcher of new tasks. */
  announce: (change: ChangeAnnouncement) => void;
}

/** One GraphQL operation: who asks, and one consistent view of what they may see. */
export class OperationContext {
  readonly deps: SchemaDeps;
  /** Apollo copies contexts field by field, so this one has no private fields. */
  readonly session: { viewer: Viewer; reader: OperationReader } | null;

  constructor(deps: SchemaDeps, viewer: Viewer | null) {
    this.deps = deps;
    this.session = viewer && { viewer, reader: new OperationReader(deps.prisma, viewer) };
  }

  get signedIn(): boolean {
    return this.session !== null;
  }

  /** @throws NotSignedIn */
  get viewer(): Viewer {
    return required(this.session).viewer;
  }

  /** @throws NotSignedIn */
  get reader(): OperationReader {
    return required(this.session).reader;
  }

  async close(): Promise<void> {
    await this.session?.reader.close();
  }
}

function required<T>(session: T | null): T {
  if (session === null) throw new NotSignedIn('MISSING_TOKEN');
  return session;
}
