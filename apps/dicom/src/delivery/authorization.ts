import { ClientTokens } from '../sign-in/client-tokens.js';
import type { Authentication } from './destination.js';
import { type NotDelivered, notDelivered } from './outcome.js';

/** A secret by its name; undefined where there is none. */
export type Secrets = (name: string) => Promise<string | undefined>;

export type Authorized =
  | { ok: true; headers: Readonly<Record<string, string>> }
  | { ok: false; failure: NotDelivered };

/** Credentials for HTTP; tokens of sign-in providers are kept until they expire, or until a destination refuses them. */
export class Authorization {
  readonly #secrets: Secrets;
  readonly #tokens = new Map<string, ClientTokens>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  async headersFor(auth: Authentication): Promise<Authorized> {
    if (auth.kind === 'none') return { ok: true, headers: {} };
    const secret = await this.#secrets(auth.secretName);
    if (!secret) return { ok: false, failure: notDelivered('SECRET_MISSING') };
    if (auth.kind === 'basic') {
      const pair = Buffer.from(`${auth.user}:${secret}`).toString('base64');
      return { ok: true, headers: { authorization: `Basic ${pair}` } };
    }
    const token = await this.#tokensOf(auth, secret)
      .of(auth.clientId)
      .catch(() => null);
    if (!token) return { ok: false, failure: notDelivered('SIGN_IN_UNAVAILABLE') };
    return { ok: true, headers: { authorization: `Bearer ${token}` } };
  }

  /** The next try asks for a new token. */
  forget(auth: Authentication): void {
    if (auth.kind === 'oauth')
      for (const key of this.#tokens.keys()) if (key.startsWith(keyOf(auth))) this.#tokens.delete(key);
  }

  #tokensOf(auth: Extract<Authentication, { kind: 'oauth' }>, secret: string): ClientTokens {
    // A rotated secret gets a new one.
    const key = keyOf(auth) + secret;
    const { issuer, clientId, scope, audience } = auth;
    const secrets = new Map([[clientId, secret]]);
    const tokens =
      this.#tokens.get(key) ?? new ClientTokens({ issuer: new URL(issuer), audience, scope, secrets });
    this.#tokens.set(key, tokens);
    return tokens;
  }
}

function keyOf({ issuer, clientId, scope, audience }: Extract<Authentication, { kind: 'oauth' }>): string {
  return JSON.stringify([issuer, clientId, scope, audience ?? null]);
}
