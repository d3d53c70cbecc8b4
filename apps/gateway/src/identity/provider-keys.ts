import { setTimeout as sleep } from 'node:timers/promises';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { SignInUnavailable } from './sign-in-problem.js';

const discovery = z.object({ jwks_uri: z.url() });

/** How often keys are fetched for tokens that name an unknown one: made-up keys must not flood the provider. */
const cooldownMs = 3_000;
/** How long the provider is left alone after it failed. */
const restMs = 2_000;
const timeoutMs = 5_000;
/** Keys are fetched again at this age. */
const freshMs = 10 * 60_000;
/** Up to this age they serve while the provider is away, which is longer than its tokens live. */
const usableMs = 60 * 60_000;

/**
 * Finds the key of a token among those that the provider publishes. Rotated keys are fetched when a token first names
 * one; while the provider is away, the keys it last gave still serve.
 * @throws SignInUnavailable, or jose's JWKSNoMatchingKey for a key that the provider does not have.
 */
export function createProviderKeys(issuer: string): JWTVerifyGetKey {
  const latest = new LatestKeys(issuer);
  return async (header, token) => {
    const { keys, ageMs } = latest;
    if (keys && ageMs < usableMs) {
      try {
        const key = await keys(header, token);
        if (ageMs > freshMs) void latest.fetch().catch(() => undefined);
        return key;
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (ageMs < cooldownMs) await sleep(cooldownMs - ageMs);
      }
    }
    const fetched = latest.keys === keys ? await latest.fetch() : latest.keys;
    return (fetched ?? (await latest.fetch()))(header, token);
  };
}

class LatestKeys {
  keys: JWTVerifyGetKey | null = null;
  readonly #issuer: string;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<JWTVerifyGetKey> | null = null;
  #failure: { at: number; error: unknown } | null = null;

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  get ageMs(): number {
    return performance.now() - this.#fetchedAt;
  }

  /** One call to the provider for all that wait. @throws SignInUnavailable */
  fetch(): Promise<JWTVerifyGetKey> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<JWTVerifyGetKey> {
    if (this.#failure && performance.now() - this.#failure.at < restMs) {
      throw new SignInUnavailable(this.#failure.error);
    }
    try {
      const remote = createRemoteJWKSet(await findAddress(this.#issuer), { timeoutDuration: timeoutMs });
      await remote.reload();
      const published = remote.jwks();
      if (!published) throw new Error('the sign-in provider published no keys');
      this.keys = createLocalJWKSet(published);
      this.#fetchedAt = performance.now();
      this.#failure = null;
      return this.keys;
    } catch (error) {
      this.#failure = { at: performance.now(), error };
      throw new SignInUnavailable(error);
    }
  }
}

async function findAddress(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`the sign-in provider answered ${answer.status} at ${address}`);
  return new URL(discovery.parse(await answer.json()).jwks_uri);
}
