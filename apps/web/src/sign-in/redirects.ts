import { environment } from '../environment';

/** Why someone stands at the sign-in page. */
export const signInNotices = [
  'signed-out',
  'signed-out-here',
  'ended',
  'expired',
  'failed',
  'too-large',
  'unavailable',
] as const;
export type SignInNotice = (typeof signInNotices)[number];

export function signInPage(notice: SignInNotice, returnPath = '/'): string {
  const query = new URLSearchParams({ notice });
  if (returnPath !== '/') query.set('returnTo', returnPath);
  return `${environment().publicUrl}/sign-in?${query}`;
}

/**
 * Whether a request that changes something was made by this portal's own pages. Browsers set both headers
 * themselves; a page elsewhere cannot forge them.
 */
export function isFromPortal(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site) return site === 'same-origin';
  return request.headers.get('origin') === new URL(environment().publicUrl).origin;
}
