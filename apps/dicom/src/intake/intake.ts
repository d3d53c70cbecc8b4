import type { ReceivedFile } from '../reception/incoming-file.js';
import type { ApplicationEntity } from '../senders/configuration.js';

/** What was not taken in now and may be sent again. */
export const laterReasons = [
  'BUSY',
  'QUOTA',
  'GATEWAY_AWAY',
  'NOT_CONFIGURED',
  'SPOOL_FULL',
  'SPOOL_FAILED',
  'LENGTHS_DIFFER',
  'STOPPING',
] as const;
export type LaterReason = (typeof laterReasons)[number];

/** What will never be taken in as it is. */
export const refusalReasons = [
  'TOO_LARGE',
  'INVALID_UID',
  'NO_DATA_SET',
  'UNREADABLE',
  'NO_IMAGE',
  'MISMATCH',
  'DUPLICATE_UID',
  'STUDY_FULL',
  'REFUSED',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export type Outcome =
  /** Durable: study and bytes are with the gateway. `repeated` when they were before. */
  | { outcome: 'stored'; repeated: boolean }
  | { outcome: 'later'; reason: LaterReason }
  | { outcome: 'refused'; reason: RefusalReason };

/** Where received files go. */
export interface Intake {
  /** Answers once the instance is durable or will not be. Never throws for what a sender or the gateway does. */
  store(file: ReceivedFile, entity: ApplicationEntity): Promise<Outcome>;
}
