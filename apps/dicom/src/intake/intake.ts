import type { ReceivedFile } from '../reception/incoming-file.js';
import type { ApplicationEntity } from '../senders/configuration.js';

/** What was not taken in now and may be sent again. */
export type LaterReason =
  | 'BUSY'
  | 'QUOTA'
  | 'GATEWAY_AWAY'
  | 'SPOOL_FULL'
  | 'SPOOL_FAILED'
  | 'LENGTHS_DIFFER'
  | 'STOPPING';

/** What will never be taken in as it is. */
export type RefusalReason =
  | 'TOO_LARGE'
  | 'INVALID_UID'
  | 'NO_DATA_SET'
  | 'UNREADABLE'
  | 'MISMATCH'
  | 'NOT_CONFIGURED'
  | 'REFUSED';

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
