import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { SessionTooLarge } from './packed-session';
import type { SignInNotice } from './redirects';

/** RFC 6749 and 6585: the provider says that it cannot answer now. */
const passing = ['temporarily_unavailable', 'server_error', 'slow_down', 'too_many_requests'];

/**
 * Whether the provider ended the session. Nothing else does: a limit of requests, a fault of the provider or of
 * its settings may pass, and who is signed in stays so.
 */
export function endsSession(error: unknown): boolean {
  return error instanceof ResponseBodyError && error.error === 'invalid_grant';
}

/** Seconds after which the provider wants to be asked again; null where it does not say. */
export function retryAfterOf(error: unknown): number | null {
  const seconds = Number(answerOf(error)?.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), 60) : null;
}

/** What to say to someone whose sign-in was not completed. */
export function noticeOf(error: unknown): SignInNotice {
  if (error instanceof SessionTooLarge) return 'too-large';
  if (endsSession(error)) return 'expired';
  return isAway(error) ? 'unavailable' : 'failed';
}

/** Whether the provider did not answer, or not for now. */
export function isAway(error: unknown): boolean {
  if (error instanceof AuthorizationResponseError) return passing.includes(error.error);
  const status = answerOf(error)?.status ?? 0;
  if (status === 429 || status >= 500) return true;
  if (error instanceof ResponseBodyError) return passing.includes(error.error);
  if (error instanceof ClientError) return error.code === 'OAUTH_TIMEOUT' || isAway(error.cause);
  // What fetch throws when there is no connection.
  return error instanceof TypeError && error.cause instanceof Error;
}

function answerOf(error: unknown): Response | null {
  if (error instanceof ResponseBodyError) return error.response;
  return error instanceof ClientError && error.cause instanceof Response ? error.cause : null;
}

/** For the log: what happened, without the answer's body, which may hold tokens. */
export function inShort(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const status = answerOf(error)?.status;
  const said = error instanceof ResponseBodyError ? error.error : undefined;
  const cause = error.cause instanceof Error ? inShort(error.cause) : undefined;
  return [error.message, said, status && `HTTP ${status}`, cause].filter(Boolean).join(', ');
}
