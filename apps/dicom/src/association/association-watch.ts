import type { Outcome } from '../intake/intake.js';
import type { StatusCode } from './statuses.js';

/** How a connection ended. */
export const associationOutcomes = [
  'released',
  'aborted',
  /** The connection was lost. */
  'lost',
  'rejected_called',
  'rejected_calling',
  'rejected_busy',
  /** Ended by us: bytes that break the protocol or a bound. */
  'violation',
  /** Ended by us: a deadline passed. */
  'late',
  /** Ended by us: the service stops. */
  'stopping',
  /** A connection that never became an association, as a probe of a load balancer. */
  'never_began',
] as const;
export type AssociationOutcome = (typeof associationOutcomes)[number];

/** Told what happens on the port. */
export interface AssociationWatch {
  ended(outcome: AssociationOutcome): void;
  answered(instance: AnsweredInstance): void;
}

export interface AnsweredInstance {
  status: StatusCode;
  outcome: Outcome;
  /** Of the file; 0 where none was complete. */
  bytes: number;
  /** From its last byte to the answer. */
  seconds: number;
}
