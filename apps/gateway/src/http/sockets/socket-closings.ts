import { apiCodes } from '@lucency/contracts';
import { CloseCode } from 'graphql-ws';
import { DatabaseBusy } from '../../database/pool.js';
import { NotSignedIn, SignInUnavailable } from '../../identity/sign-in-problem.js';
import { signInSentence } from '../errors/format-error.js';

/** Code and reason of closing a socket. */
export type Closing = readonly [code: number, reason: string];

/** Registered for WebSocket; clients of graphql-ws come back after it, as they do not after 4500. */
const tryAgainLater = 1013;

/** After 4403 a client signs in again and comes back. */
export const socketClosings = {
  tokenExpired: [CloseCode.Forbidden, 'The access token has expired'],
  idInUse: [CloseCode.SubscriberAlreadyExists, 'A subscription of this id has not ended yet'],
  longId: [CloseCode.BadRequest, 'An id has at most 128 characters'],
  tooManySockets: [tryAgainLater, 'Too many connections of one person or organization'],
  busy: [tryAgainLater, 'Too much is asked for at once'],
  signInAway: [tryAgainLater, apiCodes.SIGN_IN_UNAVAILABLE.message],
} as const satisfies Record<string, Closing>;

/** How a socket is closed when its person cannot be identified; null for internal errors. */
export function closingFor(error: unknown): Closing | null {
  if (error instanceof NotSignedIn) return [CloseCode.Forbidden, signInSentence(error)];
  if (error instanceof SignInUnavailable) return socketClosings.signInAway;
  return error instanceof DatabaseBusy ? socketClosings.busy : null;
}
