import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { SignedOutError } from './access-token';

/** A sentence for the person about why a request brought no answer. */
export function sentenceFor(error: unknown): string {
  if (error instanceof SignedOutError) return 'Your session has ended. Sign in again to go on.';
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    if (first?.extensions?.code === 'BUSY') return 'Lucency is busy right now. Try again in a moment.';
    // The gateway masks everything internal: what it sends is meant for people.
    return first?.message ?? 'Lucency could not answer. Try again.';
  }
  if (ServerError.is(error) && error.statusCode === 429) return 'Too many requests. Try again in a moment.';
  if (ServerError.is(error)) return `Lucency could not answer (HTTP ${error.statusCode}). Try again.`;
  return 'Lucency cannot be reached. Check your network and try again.';
}

/** What passes by itself: the gateway says when to ask again. */
const passing: unknown[] = ['BUSY', 'QUOTA', 'SIGN_IN_UNAVAILABLE'];

/** Seconds after which to ask again, where that is all the gateway had to say; else null. */
export function retryAfterBusy(error: unknown): number | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const { code, retryAfterSeconds } = error.errors[0]?.extensions ?? {};
  return passing.includes(code) && typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null;
}

/** Whether the gateway could make nothing of what was asked, as of an address that someone mistyped. */
export function isNotUnderstood(error: unknown): boolean {
  return (
    CombinedGraphQLErrors.is(error) &&
    error.errors.every(({ extensions }) => extensions?.code === 'BAD_USER_INPUT')
  );
}
