import { z } from 'zod';

const answer = z.object({ accessToken: z.string(), expiresAt: z.number() });

/** The session has ended: only signing in again helps. */
export class SignedOutError extends Error {
  override name = 'SignedOutError';
}

export interface AccessTokens {
  /** A token good for some seconds at least. Throws SignedOutError, or TypeError when the portal is away. */
  get(): Promise<string>;
  /** The gateway refused the token: the next `get` asks the portal. */
  forget(): void;
}

// Asked for this early, so that a token never expires on its way.
const renewSecondsBefore = 20;

/** Holds the access token in memory only, and asks the portal for a new one when it is about to expire. */
export function accessTokens(onSignedOut: () => void): AccessTokens {
  let current: z.infer<typeof answer> | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const response = await oneTabAtATime(() => fetch('/auth/token', { method: 'POST', cache: 'no-store' }));
    if (response.status === 401) {
      onSignedOut();
      throw new SignedOutError('Your session has ended.');
    }
    if (!response.ok) throw new TypeError('The portal could not renew your session.');
    current = answer.parse(await response.json());
    return current.accessToken;
  }

  return {
    async get() {
      if (current && current.expiresAt - renewSecondsBefore > Date.now() / 1000) return current.accessToken;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return await asking;
    },
    forget() {
      current = undefined;
    },
  };
}

/**
 * A refresh token is good once: two tabs that spend the same one look like a theft to the provider, which
 * then ends the session.
 */
async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return await work();
  return await navigator.locks.request('lucency-token', work);
}
