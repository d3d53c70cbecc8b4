import { z } from 'zod';

const place = 'lucency-person';
const claims = z.object({ sub: z.string() });

/**
 * What a tab keeps belongs to the person who signed in: once another one has, as in a second tab of a shared computer,
 * it begins anew.
 */
export function keepToPerson(accessToken: string): void {
  const subject = subjectOf(accessToken);
  if (!subject) return;
  const before = sessionStorage.getItem(place);
  if (before && before !== subject) {
    sessionStorage.clear();
    window.location.replace('/');
  }
  sessionStorage.setItem(place, subject);
}

/** Null for tokens that say nothing to anyone but the provider. */
export function subjectOf(accessToken: string): string | null {
  try {
    const payload = accessToken.split('.')[1] ?? '';
    return claims.parse(JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')))).sub;
  } catch {
    return null;
  }
}
