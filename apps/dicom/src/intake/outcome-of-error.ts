import { LucencyError } from '@lucency/client';
import type { Outcome } from './intake.js';

/** What a sender is told of what the gateway or the sign-in provider did instead of storing. */
export function outcomeOfError(error: unknown): Outcome {
  if (!(error instanceof LucencyError)) return { outcome: 'later', reason: 'GATEWAY_AWAY' };
  switch (error.code) {
    case 'BUSY':
      return { outcome: 'later', reason: 'BUSY' };
    case 'QUOTA':
      return { outcome: 'later', reason: 'QUOTA' };
    // Ours to mend, not the sender's: nothing may be lost until then.
    case 'UNAUTHENTICATED':
    case 'NOT_FOUND':
      return { outcome: 'later', reason: 'NOT_CONFIGURED' };
    case 'CONFLICT':
      return { outcome: 'refused', reason: 'DUPLICATE_UID' };
    case 'INVALID_INPUT':
      if (error.field === 'images') return { outcome: 'refused', reason: 'STUDY_FULL' };
      return { outcome: 'refused', reason: error.field === 'bytes' ? 'TOO_LARGE' : 'REFUSED' };
    case 'BAD_USER_INPUT':
    case 'UNKNOWN_PICTURE':
      return { outcome: 'refused', reason: 'REFUSED' };
    default:
      return { outcome: 'later', reason: 'GATEWAY_AWAY' };
  }
}
