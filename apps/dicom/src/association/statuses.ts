import type { Outcome, RefusalReason } from '../intake/intake.js';

/** Status codes of C-STORE (PS3.4, B.2.3) that this service answers with; 0111 is one of PS3.7, C.5.7. */
export const statuses = ['0000', '0111', 'A700', 'A900', 'C000'] as const;
export type StatusCode = (typeof statuses)[number];

/** What the sender may show to a person: a code, then what to do. Element (0000,0902) has room for 64 characters. */
const comments = {
  BUSY: 'BUSY: more waits than can be read in time; send again later',
  QUOTA: 'QUOTA: too much is under way; send again later',
  GATEWAY_AWAY: 'GATEWAY_AWAY: the platform cannot be reached; send again later',
  SPOOL_FULL: 'SPOOL_FULL: no room for what arrives; send again later',
  SPOOL_FAILED: 'SPOOL_FAILED: a disk does not write; send again later',
  LENGTHS_DIFFER: 'LENGTHS_DIFFER: bytes were lost on the way; send again',
  STOPPING: 'STOPPING: the service restarts; send again',
  TOO_LARGE: 'TOO_LARGE: beyond the largest instance that is taken in',
  INVALID_UID: 'INVALID_UID: a UID is missing or is none',
  NO_DATA_SET: 'NO_DATA_SET: the command came without an instance',
  UNREADABLE: 'UNREADABLE: the instance is damaged or not complete',
  NO_IMAGE: 'NO_IMAGE: the instance holds no single image',
  MISMATCH: 'MISMATCH: class or UID differ from those of the command',
  DUPLICATE_UID: 'DUPLICATE_UID: another image is stored under this UID',
  STUDY_FULL: 'STUDY_FULL: the study has as many images as it may',
  NOT_CONFIGURED: 'NOT_CONFIGURED: credentials or site of this AE are wrong',
  REFUSED: 'REFUSED: the platform does not take this instance',
} satisfies Record<Exclude<Outcome, { outcome: 'stored' }>['reason'], string>;

export interface StoreStatus {
  code: StatusCode;
  comment: string | undefined;
}

/** A700 is what senders repeat; the others end in a person's hands. */
export function statusOf(outcome: Outcome): StoreStatus {
  switch (outcome.outcome) {
    case 'stored':
      return { code: '0000', comment: undefined };
    case 'later':
      return { code: 'A700', comment: comments[outcome.reason] };
    case 'refused':
      return { code: codeOf(outcome.reason), comment: comments[outcome.reason] };
  }
}

function codeOf(reason: RefusalReason): StatusCode {
  if (reason === 'MISMATCH') return 'A900';
  return reason === 'DUPLICATE_UID' ? '0111' : 'C000';
}
