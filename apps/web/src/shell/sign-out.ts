import { z } from 'zod';
import { announceSignOut } from '../api/session-elsewhere';

const answer = z.object({ next: z.url() });

/** Ends the session in every tab, then at the provider. Throws when the portal does not answer. */
export async function signOut(): Promise<void> {
  const response = await fetch('/auth/sign-out', { method: 'POST' });
  const { next } = answer.parse(await response.json());
  announceSignOut();
  // A full load: nothing of this person stays in memory.
  window.location.assign(next);
}
