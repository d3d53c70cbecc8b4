import { z } from 'zod';
import { keepToPerson } from './person-of-tab';
import { waitMs, waitOrOnline } from './waiting';

const answer = z.object({ accessToken: z.string(), expiresAt: z.number() });

/** The session has ended: only signing in again helps. */
export class SignedOutError extends Error {
  override name = 'SignedOutError';
}

export interface AccessTokens {
  /**
   * A token good for some seconds at least. Waits while the sign-in service is away. Throws SignedOutError, or
   * TypeError when the portal is away.
   */
  get(): Promise<string>;
  /** The gateway refused this token before its time: the next `get` has it renewed. */
  refuse(token: string): void;
}

export interface SessionWatch {
  onSignedOut(): void;
  /** The sign-in service does not answer, or does again. */
  onSignInAway(away: boolean): void;
  /** The gateway refuses tokens that were renewed for it. */
  onRefused(): void;
}

// Asked for this early, so that a token never expires on its way.
const renewSecondsBefore = 20;
/** A token that is refused so soon after it was renewed for that very reason will be refused again. */
const renewAgainAfterMs = 30_000;
const answerDeadlineMs = 25_000;

/** Holds the access token in memory only, and asks the portal for a new one when it is about to expire. */
export function accessTokens(watch: SessionWatch): AccessTokens {
  let current: z.infer<typeof answer> | undefined;
  let asking: Promise<string> | undefined;
  let refused: string | undefined;
  let renewedAt = Number.NEGATIVE_INFINITY;

  const secondsLeft = () => (current ? current.expiresAt - Date.now() / 1000 : 0);

  async function ask(): Promise<string> {
    for (let retries = 0; ; retries += 1) {
      const response = await oneTabAtATime(() => askPortal(refused));
      if (response.status === 401) {
        current = undefined;
        watch.onSignedOut();
        throw new SignedOutError('Your session has ended.');
      }
      if (response.status === 503) {
        // The one in hand serves to its end.
        if (current && secondsLeft() > 2) return current.accessToken;
        watch.onSignInAway(true);
        await waitOrOnline(Math.max(retryAfterMs(response), waitMs(retries)));
        continue;
      }
      if (!response.ok) throw new TypeError('The portal could not renew your session.');
      current = answer.parse(await response.json());
      keepToPerson(current.accessToken);
      if (refused) renewedAt = Date.now();
      refused = undefined;
      watch.onSignInAway(false);
      return current.accessToken;
    }
  }

  return {
    async get() {
      if (current && secondsLeft() > renewSecondsBefore) return current.accessToken;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return await asking;
    },
    refuse(token) {
      // Another operation has had it renewed already.
      if (current && current.accessToken !== token) return;
      if (Date.now() - renewedAt < renewAgainAfterMs) return watch.onRefused();
      current = undefined;
      refused = tailOf(token);
    },
  };
}

function askPortal(refused: string | undefined): Promise<Response> {
  return fetch('/auth/token', {
    method: 'POST',
    cache: 'no-store',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refused }),
    signal: AbortSignal.timeout(answerDeadlineMs),
  });
}

/** Enough of the signature to know a token by. */
function tailOf(token: string): string {
  return token.slice(-24);
}

function retryAfterMs(response: Response): number {
  return (Number(response.headers.get('retry-after')) || 0) * 1_000;
}

/**
 * A refresh token is good once: two tabs that spend the same one look like a theft to the provider, which
 * then ends the session.
 */
async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return await work();
  return await navigator.locks.request('lucency-token', work);
}
